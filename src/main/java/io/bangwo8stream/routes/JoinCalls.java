package io.bangwo8stream.routes;

import io.bangwo8stream.routes.RouteModel.Element;
import io.bangwo8stream.source.RouteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The requests of a join, as its route names them. */
public final class JoinCalls {

    private static final Pattern PATH = Pattern.compile("'(/[^'?]+)[^']*'");

    private JoinCalls() {}

    /** The endpoints that the route with the input {@code direct} requests for a record, in their order. */
    public static List<String> of(String direct, RouteSet files) {
        RouteModel model =
                new RouteModel(files.routes().stream().map(YamlFile::parse).toList());
        List<String> endpoints = new ArrayList<>();
        for (Element route : model.of(Element.ROUTE)) {
            boolean meant = YamlFile.member(route.body(), "from")
                    .flatMap(from -> YamlFile.text(from.value(), "uri"))
                    .filter(direct::equals)
                    .isPresent();
            if (meant) {
                YamlFile.visit(route.body(), member -> {
                    if (member.key().equals("method")) {
                        member.text()
                                .ifPresent(call ->
                                        PATH.matcher(call).results().forEach(found -> endpoints.add(found.group(1))));
                    }
                });
            }
        }
        return endpoints;
    }
}

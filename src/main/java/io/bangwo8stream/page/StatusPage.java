package io.bangwo8stream.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.command.StatusReader;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.text.SafeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;

/** The page {@code /} of the management port, which shows what the command {@code status} prints; read only. */
@Singleton
class StatusPage {

    private static final Logger LOG = Logger.getLogger(StatusPage.class);
    private static final int UNAVAILABLE = 503;
    private static final String NO_EXTERNAL_RESOURCE =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    @CheckedTemplate
    static class Templates {

        static native TemplateInstance status(StatusView view);
    }

    private final Provider<StatusReader> reader;
    private final Provider<Settings> settings;
    private final Clock clock;

    /** The port opens before the settings are checked: what is wrong with them must not end the start here. */
    StatusPage(Provider<StatusReader> reader, Provider<Settings> settings, Clock clock) {
        this.reader = reader;
        this.settings = settings;
        this.clock = clock;
    }

    void register(@Observes ManagementInterface management) {
        // Reading the topic waits for the broker.
        management.router().get("/").blockingHandler(this::show, false);
    }

    private void show(RoutingContext request) {
        String problem = null;
        Map<String, JsonNode> statuses;
        try {
            statuses = reader.get().read();
        } catch (RuntimeException failed) {
            problem = SafeText.named(failed);
            statuses = reader.get().lastRead();
            LOG.debugf("status-page-unavailable reason=%s", problem);
        }
        boolean chinese = prefersChinese(request.request().getHeader("Accept-Language"));
        StatusView view = StatusView.of(
                statuses,
                settings.get().tenant(),
                clock.instant(),
                settings.get().zone(),
                chinese,
                problem);
        HttpServerResponse response = request.response()
                .setStatusCode(problem == null ? 200 : UNAVAILABLE)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", NO_EXTERNAL_RESOURCE)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cache-Control", "no-store");
        response.end(Templates.status(view)
                .setLocale(chinese ? Locale.CHINESE : Locale.ENGLISH)
                .render());
    }

    /** Whether Chinese stands before English in the languages that the browser wants, which it sorts by preference. */
    static boolean prefersChinese(String languages) {
        for (String language : languages == null
                ? new String[0]
                : languages.toLowerCase(Locale.ROOT).split(",")) {
            if (language.strip().startsWith("zh")) {
                return true;
            }
            if (language.strip().startsWith("en")) {
                return false;
            }
        }
        return false;
    }
}

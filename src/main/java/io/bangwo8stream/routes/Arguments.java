package io.bangwo8stream.routes;

/** The arguments of a call as a route writes it: {@code request(${variable.record}, '/a/{id}.json')}. */
final class Arguments {

    private Arguments() {}

    /** How many there are; commas in quotes, braces and parentheses separate none. */
    static int count(String call) {
        String inside = call.substring(call.indexOf('(') + 1, Math.max(call.lastIndexOf(')'), call.indexOf('(') + 1));
        if (inside.isBlank()) {
            return 0;
        }
        int count = 1;
        int depth = 0;
        char quote = 0;
        for (char each : inside.toCharArray()) {
            if (quote != 0) {
                quote = each == quote ? 0 : quote;
            } else if (each == '\'' || each == '"') {
                quote = each;
            } else if ("({[".indexOf(each) >= 0) {
                depth++;
            } else if (")}]".indexOf(each) >= 0) {
                depth--;
            } else if (each == ',' && depth == 0) {
                count++;
            }
        }
        return count;
    }
}

package io.bangwo8stream.command;

import io.bangwo8stream.kafka.AccountAdoption;
import io.bangwo8stream.record.LenientJson;
import jakarta.inject.Singleton;

/** {@code adopt-account}: the data are the same, and the login is new. */
@Singleton
class AdoptAccountAction implements Action {

    private final AccountAdoption adoption;

    AdoptAccountAction(AccountAdoption adoption) {
        this.adoption = adoption;
    }

    @Override
    public String name() {
        return "adopt-account";
    }

    @Override
    public int run(CommandOptions options, Output out) throws InterruptedException {
        AccountAdoption.Result result = adoption.adopt();
        String state = result.done() ? "done" : "refused";
        if (out.isJson()) {
            out.json(LenientJson.object()
                    .put("command", name())
                    .put("state", state)
                    .put("message", result.message()));
        } else {
            out.line(state + ": " + result.message());
        }
        return result.done() ? CommandTree.DONE : CommandTree.FAILED;
    }
}

package io.bangwo8stream.routes;

import java.util.function.Consumer;

/** Finds one kind of mistakes in a set of files. */
interface Check {

    void run(RouteModel model, Consumer<Finding> found);
}

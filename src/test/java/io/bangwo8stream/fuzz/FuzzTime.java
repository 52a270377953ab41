package io.bangwo8stream.fuzz;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * Tries a property for its share of {@code -Dfuzz.minutes} (1 by default), but with {@value #LEAST_INPUTS} inputs at
 * least, and prints how many they were. A class uses it with {@code @AddLifecycleHook(FuzzTime.class)} and
 * {@code @PropertyDefaults(tries = FuzzTime.UNLIMITED, generation = GenerationMode.RANDOMIZED)}.
 */
public final class FuzzTime implements AroundPropertyHook, AroundTryHook {

    /** The number of tries of a property that ends by time. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int LEAST_INPUTS = 200;

    /** The properties that share the time. */
    private static final int PROPERTIES = 20;

    private static final Duration SHARE =
            Duration.ofMillis(Math.round(Double.parseDouble(System.getProperty("fuzz.minutes", "1"))
                    * Duration.ofMinutes(1).toMillis()
                    / PROPERTIES));

    /** How far one property is. */
    private static final class Run {
        private final long end = System.nanoTime() + SHARE.toNanos();
        private int inputs;

        boolean isOver() {
            return ++inputs >= LEAST_INPUTS && System.nanoTime() > end;
        }
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        long start = System.nanoTime();
        PropertyExecutionResult result = property.execute();
        System.out.printf(
                "fuzz property=%s.%s inputs=%d seconds=%d outcome=%s%n",
                context.containerClass().getSimpleName(),
                context.targetMethod().getName(),
                result.countTries(),
                Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                result.status());
        return result;
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor input, List<Object> parameters) {
        Store<Run> run = Store.getOrCreate(FuzzTime.class, Lifespan.PROPERTY, Run::new);
        TryExecutionResult result = input.execute(parameters);
        return result.isSatisfied() && run.get().isOver() ? TryExecutionResult.satisfied(true) : result;
    }
}

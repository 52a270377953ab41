package io.bangwo8stream.crash;

import io.bangwo8stream.standin.StandIn;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * An outage that takes more days than the look-back, while the help desk goes on: all instances are away, or the API
 * refuses their login. Without another clock it takes some seconds of one day.
 */
final class LongOutage {

    private final ActiveHelpDesk desk;
    private final StandIn api;
    private final WorldClock world;
    private final FaultActions actions;
    private final Random random;

    LongOutage(ActiveHelpDesk desk, StandIn api, WorldClock world, FaultActions actions, Random random) {
        this.desk = desk;
        this.api = api;
        this.world = world;
        this.actions = actions;
        this.random = random;
    }

    /** Runs one outage, which needs that everything before it is published: that may be too old afterwards. */
    void run() throws InterruptedException {
        int days = world.canJump() ? (int) CrashTimings.LOOK_BACK.toDays() + 1 + random.nextInt(5) : 0;
        boolean away = random.nextBoolean();
        actions.count(away ? "outage of all instances" : "outage of the login", days + " days");
        if (away) {
            actions.endInstances();
            desk.passDays(days);
            actions.wanted().forEach(ManagedProcess::start);
        } else {
            actions.begin();
            api.accessControl().removeAll();
            TimeUnit.SECONDS.sleep(1 + random.nextInt(4));
            desk.passDays(days);
            TimeUnit.SECONDS.sleep(1 + random.nextInt(4));
            api.accessControl().addAdministrator("demo", "demo");
        }
    }
}

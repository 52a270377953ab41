package io.bangwo8stream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.scan.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaClusterViewTest {

    private final TestClock clock = new TestClock("2024-05-01T00:00:00Z");
    private final Leadership leadership = new Leadership("me", new Lease(Duration.ofMinutes(5), clock));
    private final KafkaClusterView view = new KafkaClusterView(null, "records", leadership, clock);
    private final List<String> heard = new ArrayList<>();
    private final CamelClusterEventListener.Leadership listener =
            (where, leader) -> heard.add(leader == null ? "nobody" : leader.getId());

    @BeforeEach
    void start() {
        view.start();
        leadership.claim();
    }

    @Test
    void tellsEveryChangeOnce() {
        view.addEventListener(listener);
        view.notifyListeners();
        decide("me", 1);
        view.notifyListeners();
        view.notifyListeners();
        decide("other", 2);
        view.notifyListeners();

        assertThat(heard).containsExactly("nobody", "me", "other");
    }

    @Test
    void repeatsALossOnceForAMasterConsumerThatWasAboutToStart() {
        view.addEventListener(listener);
        decide("me", 1);
        view.notifyListeners();
        decide("other", 2);
        view.notifyListeners();
        heard.clear();

        clock.move(Duration.ofSeconds(1));
        view.notifyListeners();
        assertThat(heard).isEmpty();
        clock.move(Duration.ofSeconds(3));
        view.notifyListeners();
        view.notifyListeners();

        assertThat(heard).containsExactly("other");
    }

    @Test
    void repeatsNoLossThatWasMadeGood() {
        view.addEventListener(listener);
        for (String leader : List.of("me", "other", "me")) {
            decide(leader, 1);
            view.notifyListeners();
        }
        clock.move(Duration.ofSeconds(4));
        view.notifyListeners();

        assertThat(heard).containsExactly("me", "other", "me");
    }

    @Test
    void tellsTheOthersWhenOneListenerFails() {
        view.addEventListener((CamelClusterEventListener.Leadership) (where, leader) -> {
            throw new IllegalStateException("a listener's fault");
        });
        view.addEventListener(listener);
        decide("me", 1);
        view.notifyListeners();

        assertThat(heard).containsExactly("me");
    }

    @Test
    void tellsARemovedListenerNothing() {
        view.addEventListener(listener);
        view.removeEventListener(listener);
        view.notifyListeners();

        assertThat(heard).isEmpty();
    }

    @Test
    void letsGoOnlyWhenTheListenersWereTold() {
        List<Boolean> heldWhenTold = new ArrayList<>();
        decide("me", 1);
        view.notifyListeners();
        view.addEventListener((CamelClusterEventListener.Leadership)
                (where, leader) -> heldWhenTold.add(leadership.claim().held().contains("records")));
        decide("other", 2);
        view.notifyListeners();

        assertThat(heldWhenTold).containsExactly(true);
        assertThat(leadership.claim().held()).isEmpty();
    }

    private void decide(String leader, int generation) {
        leadership.decided(new LeaderAssignment(Map.of("records", leader), Set.of("me", "other")), generation);
    }
}

package io.bangwo8stream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.scan.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaClusterViewTest {

    private final TestClock clock = new TestClock("2024-05-01T00:00:00Z");
    private final Leadership leadership =
            new Leadership("me", new Lease(Duration.ofMinutes(5), clock), new Candidacy("login", 1));
    private final Set<String> busy = new HashSet<>();
    private final KafkaClusterView view = new KafkaClusterView(null, "records", leadership, busy::contains);
    private final List<String> notifiedLeaders = new ArrayList<>();
    private final CamelClusterEventListener.Leadership listener =
            (where, leader) -> notifiedLeaders.add(leader == null ? "nobody" : leader.getId());

    @BeforeEach
    void start() {
        view.start();
        leadership.claim();
    }

    @Test
    void notifiesListenersOfEveryChangeOnce() {
        view.addEventListener(listener);
        view.notifyListeners();
        applyLeader("me", 1);
        view.notifyListeners();
        view.notifyListeners();
        applyLeader("other", 2);
        view.notifyListeners();

        assertThat(notifiedLeaders).containsExactly("nobody", "me", "other");
    }

    @Test
    void notifiesTheOtherListenersWhenOneListenerFails() {
        view.addEventListener((CamelClusterEventListener.Leadership) (where, leader) -> {
            throw new IllegalStateException("a listener's fault");
        });
        view.addEventListener(listener);
        applyLeader("me", 1);
        view.notifyListeners();

        assertThat(notifiedLeaders).containsExactly("me");
    }

    @Test
    void doesNotNotifyARemovedListener() {
        view.addEventListener(listener);
        view.removeEventListener(listener);
        view.notifyListeners();

        assertThat(notifiedLeaders).isEmpty();
    }

    @Test
    void releasesANamespaceOnlyAfterItsListenersWereNotified() {
        List<Boolean> heldDuringNotification = new ArrayList<>();
        applyLeader("me", 1);
        view.notifyListeners();
        view.addEventListener((CamelClusterEventListener.Leadership) (where, leader) ->
                heldDuringNotification.add(leadership.claim().held().contains("records")));
        applyLeader("other", 2);
        view.notifyListeners();

        assertThat(heldDuringNotification).containsExactly(true);
        assertThat(leadership.claim().held()).isEmpty();
    }

    @Test
    void holdsALostNamespaceWhileTheInstanceStillWorksForTheNamespace() {
        applyLeader("me", 1);
        view.notifyListeners();
        busy.add("records");
        applyLeader("other", 2);
        view.notifyListeners();

        assertThat(leadership.leads("records")).isFalse();
        assertThat(leadership.claim().held()).containsExactly("records");

        applyLeader("other", 3);
        busy.clear();
        view.notifyListeners();

        assertThat(leadership.claim().held()).isEmpty();
    }

    private void applyLeader(String leader, int generation) {
        leadership.apply(
                new LeaderAssignment(Map.of("records", leader), Set.of("me", "other"), Set.of(), 1), generation);
    }
}

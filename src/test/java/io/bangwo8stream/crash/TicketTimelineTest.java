package io.bangwo8stream.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.crash.Violations.Kind;
import io.bangwo8stream.standin.Json;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.TicketVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The crash harness detects each kind of violation of a ticket and its views. */
class TicketTimelineTest {

    private static final ObjectNode NEW = SampleRows.ticket(71, "测试工单", "2019-12-19 14:28:51");
    private static final ObjectNode SOLVED = NEW.deepCopy().put("ticketStatus", "已解决");

    private final TicketTimeline timeline = new TicketTimeline(Set.of("2", "15"));
    private final List<CommittedEvent<TicketContent>> events = new ArrayList<>();

    @BeforeEach
    void publishATicketOfTwoViewsOfWhichOneIsFollowed() {
        show(NEW, Set.of("2", "5"));
        publish(TicketContent.of(NEW, Set.of("2")), "created");
        assertThat(violations().isEmpty()).isTrue();
    }

    @Test
    void reportsViewsOtherThanTheLastOnes() {
        show(NEW, Set.of("15"));
        assertThat(violations().of(Kind.LOST)).hasSize(1);

        publish(TicketContent.of(NEW, Set.of("15")), "updated");
        assertThat(violations().isEmpty()).isTrue();
    }

    @Test
    void acceptsViewsOfDifferentVersionsAsLongAsTheyAreNotTheLastOnes() {
        show(NEW, Set.of("15"));
        publish(TicketContent.of(NEW, Set.of("2", "15")), "updated");

        assertThat(violations().of(Kind.NEVER_SHOWN)).isEmpty();
        assertThat(violations().of(Kind.LOST)).hasSize(1);
    }

    @Test
    void reportsAViewThatNeverListedTheTicket() {
        publish(TicketContent.of(NEW, Set.of("2", "15")), "updated");

        assertThat(violations().of(Kind.NEVER_SHOWN)).hasSize(1);
    }

    @Test
    void wantsTheLastContentOfATicketThatNoFollowedViewLists() {
        show(SOLVED, Set.of("5"));
        publish(TicketContent.of(SOLVED, Set.of("2")), "updated");
        assertThat(violations().of(Kind.LOST)).hasSize(1);

        publish(TicketContent.of(SOLVED, Set.of()), "updated");
        assertThat(violations().isEmpty()).isTrue();
        assertThat(timeline.isUnlisted()).isTrue();
    }

    @Test
    void reportsATicketThatWasNeverPublishedUnlessNoFollowedViewListsItAtTheEnd() {
        events.clear();
        assertThat(violations().of(Kind.LOST)).hasSize(1);

        show(NEW, Set.of("5"));
        assertThat(violations().isEmpty()).isTrue();
    }

    @Test
    void reportsTheDeletionOfATicketThatExists() {
        show(NEW, Set.of());
        publish(null, "deleted");

        assertThat(violations().of(Kind.WRONGLY_DELETED)).hasSize(1);
    }

    @Test
    void reportsATicketThatIsGoneAndNotDeleted() {
        show(null, Set.of());
        assertThat(violations().of(Kind.NOT_DELETED)).hasSize(1);

        publish(null, "deleted");
        assertThat(violations().isEmpty()).isTrue();
    }

    @Test
    void readsTheContentOfAnEvent() {
        ObjectNode value = (ObjectNode)
                Json.read("{\"record\":{\"ticketId\":71},\"labels\":{\"ticketStatus\":\"新建\"},\"views\":[15,2]}");

        TicketContent content = TicketContent.ofEvent(value);

        assertThat(content.views()).containsExactlyInAnyOrder("2", "15");
        value.putArray("views");
        assertThat(TicketContent.ofEvent(value).row()).isEqualTo(content.row());
        value.withObject("/record").put("subject", "网络");
        assertThat(TicketContent.ofEvent(value).row()).isNotEqualTo(content.row());
    }

    private void show(ObjectNode row, Set<String> views) {
        timeline.add(new TicketVersion(timeline.size() + 1L, "71", row, views));
    }

    private void publish(TicketContent content, String type) {
        events.add(new CommittedEvent<>(
                "71",
                0,
                events.size(),
                "id" + events.size(),
                "bangwo8.ticket." + type,
                content == null
                        ? Fingerprint.of(NullNode.getInstance())
                        : Fingerprint.of(Json.array()
                                .add(content.row().hex())
                                .add(content.views().toString())),
                content));
    }

    private Violations violations() {
        return ConsistencyChecker.check(Map.of("71", timeline), events);
    }
}

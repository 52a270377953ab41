package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.source.Source;
import org.junit.jupiter.api.Test;

class ListedRowTest {

    private final Source source = TestSource.remoteRecords();
    private final RecordTyper typer = new RecordTyper(TestSource.SHANGHAI);
    private final ObjectNode row = TestSource.row(1, 5, "first");
    private int typings;

    @Test
    void isTypedOnceAndOnlyWhenItIsNeeded() {
        RowDigest digest = new RowDigest(1, 2, 3, 4);
        ListedRow known = ListedRow.known(source, row, digest, this::type);
        assertThat(known.digest()).isSameAs(digest);
        assertThat(known.sent()).isSameAs(row);
        assertThat(typings).isZero();

        assertThat(known.typed().record().path("note").asText()).isEqualTo("first");
        known.content();
        assertThat(typings).isOne();
    }

    @Test
    void isReadAndTypedAgainAfterItWasPacked() {
        TypedRecord typed = type(row);
        ListedRow packed = ListedRow.typed(source, row, typed, 1, this::type);
        RowDigest digest = packed.digest();

        packed.pack();

        assertThat(packed.text()).isEqualTo("(packed)");
        assertThat(packed.digest()).isSameAs(digest);
        assertThat(typings).isOne();
        assertThat(packed.typed()).isEqualTo(typed).isNotSameAs(typed);
        assertThat(packed.sent()).isEqualTo(row).isNotSameAs(row);
        assertThat(packed.content().fingerprint()).isEqualTo(digest.fingerprint());
    }

    private TypedRecord type(ObjectNode sent) {
        typings++;
        return typer.type(sent, source.fields());
    }
}

package io.bangwo8stream.record;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ChatMessagesTest {
    private final ChatMessages chat =
            new ChatMessages(new RecordTyper(ZoneId.of("Asia/Shanghai")), FieldTable.bundled("chat-message"));

    @Test
    void namesThePlaceOfAMessageThatIsNoObject() {
        ArrayNode messages =
                LenientJson.NODES.arrayNode().add(LenientJson.object()).add("geheim");

        assertThatThrownBy(() -> chat.type(messages))
                .isInstanceOf(UntypableRecordException.class)
                .hasMessage("chatRecords[1] is of the kind string; a message must be an object");
    }
}

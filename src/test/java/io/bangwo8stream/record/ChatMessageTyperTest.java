package io.bangwo8stream.record;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ChatMessageTyperTest {
    private final ChatMessageTyper chat =
            new ChatMessageTyper(new RecordTyper(ZoneId.of("Asia/Shanghai")), FieldTable.bundled("chat-message"));

    @Test
    void namesThePositionOfAMessageThatIsNotAnObject() {
        ArrayNode messages =
                LenientJson.NODES.arrayNode().add(LenientJson.object()).add("secret");

        assertThatThrownBy(() -> chat.type(messages))
                .isInstanceOf(UntypableRecordException.class)
                .hasMessage("chatRecords[1] has the JSON type string; a message must be a JSON object");
    }
}

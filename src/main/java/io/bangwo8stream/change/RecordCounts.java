package io.bangwo8stream.change;

/**
 * How many records there are.
 *
 * @param records     with a stored state
 * @param deadLetters dead-lettered and not published since
 */
public record RecordCounts(int records, int deadLetters) {

    public static final RecordCounts NONE = new RecordCounts(0, 0);

    public RecordCounts plus(RecordCounts other) {
        return new RecordCounts(records + other.records, deadLetters + other.deadLetters);
    }
}

package io.bangwo8stream.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The fixed texts of the page; {@code messages/msg_zh.properties} has them in Chinese. */
@MessageBundle
public interface PageTexts {

    @Message("Status of {tenant}")
    String title(String tenant);

    @Message("The status cannot be read: {reason}. The page shows what was read before.")
    String unavailable(String reason);

    @Message("No status has been written yet: no instance of this tenant has ended a scan.")
    String empty();

    @Message("Sources")
    String sources();

    @Message("Source")
    String source();

    @Message("Leader")
    String leader();

    @Message("Mode")
    String mode();

    @Message("Window")
    String window();

    @Message("Complete up to")
    String completeUpTo();

    @Message("Age")
    String age();

    @Message("Last scan")
    String lastScan();

    @Message("Next scan")
    String nextScan();

    @Message("Records")
    String records();

    @Message("Deferred")
    String deferred();

    @Message("Dead letters")
    String deadLetters();

    @Message("Days left")
    String daysLeft();

    @Message("Requests/s")
    String requests();

    @Message("Days of creation")
    String days();

    @Message("complete")
    String complete();

    @Message("incomplete")
    String incomplete();

    @Message("pending")
    String pending();

    @Message("being backfilled")
    String backfilling();

    @Message("Instances")
    String instances();

    @Message("Instance")
    String instance();

    @Message("Version")
    String version();

    @Message("Routes")
    String routes();

    @Message("Leads")
    String leads();

    @Message("Seen")
    String seen();

    @Message("Needs attention")
    String findings();

    @Message("Nothing.")
    String nothing();

    @Message("{time}, the vendor's time; this page refreshes itself.")
    String made(String time);
}

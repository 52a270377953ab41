package io.bangwo8stream.kafka;

import io.bangwo8stream.cluster.GroupSettings;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.text.SafeText;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Makes the account of the settings the owner of the tenant's states, in a process of its own: an instance with another
 * login than the owner's does not start.
 */
@Singleton
public class AccountAdoption {

    private static final int TIMEOUT_SECONDS = 10;

    private final Settings settings;
    private final KafkaClients clients;
    private final StateTopic stateTopic;

    AccountAdoption(Settings settings, KafkaClients clients, StateTopic stateTopic) {
        this.settings = settings;
        this.clients = clients;
        this.stateTopic = stateTopic;
    }

    /**
     * The result of the adoption.
     *
     * @param done    whether the account is the owner now
     * @param message what was done, or what is wrong and what to do
     */
    public record Result(boolean done, String message) {}

    /**
     * Writes the owner, unless an instance of the tenant runs, which then belongs to the present owner.
     *
     * @throws KafkaException when the topic does not exist, or the broker does not respond or refuses
     */
    public Result adopt() throws InterruptedException {
        String tenant = "the tenant " + settings.tenant();
        Optional<Boolean> own = stateTopic.isOwner();
        if (own.isEmpty()) {
            return new Result(
                    false,
                    tenant + " has no states in the topic " + settings.topic("state")
                            + ": there is nothing to adopt; start the service");
        }
        if (own.get()) {
            return new Result(true, "the states of " + tenant + " belong to this account already");
        }
        List<String> running = runningInstances();
        if (!running.isEmpty()) {
            return new Result(
                    false,
                    "instances of " + tenant + " run with its present account: " + String.join(", ", running)
                            + ". Stop them first");
        }
        stateTopic.adoptAccount();
        return new Result(true, "the states of " + tenant + " belong to this account now: start the service with it");
    }

    private List<String> runningInstances() throws InterruptedException {
        String group = GroupSettings.groupId(settings.tenant());
        try (Admin admin = clients.admin()) {
            return admin
                    .describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .members()
                    .stream()
                    .map(MemberDescription::clientId)
                    .map(SafeText::of)
                    .toList();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw new KafkaException(
                    "whether an instance runs is unknown, because the group " + group + " cannot be described: "
                            + KafkaErrors.explain(failed),
                    failed);
        } catch (TimeoutException noAnswer) {
            throw new KafkaException("whether an instance runs is unknown: no broker answers", noAnswer);
        }
    }
}

namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>What became of a published message.</summary>
/// <param name="Reason">
/// Success, NoMatchingSubscribers, QuotaExceeded (nothing was kept; 5.0 only, a 3.1.1 publisher waits instead), PacketTooLarge,
/// TopicNameInvalid, or SessionTakenOver (the handle is stale or leaving: nothing was kept and nothing may be acknowledged).
/// </param>
/// <param name="MatchedCount">Sessions and shared groups that take the message.</param>
public readonly record struct PublishOutcome(ReasonCode Reason, int MatchedCount);

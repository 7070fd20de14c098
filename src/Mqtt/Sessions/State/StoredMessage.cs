using System.Text;

namespace EdgeEnforcement.Mqtt.Sessions.State;

/// A message as the broker keeps it, shared by all queues it waits in. Instants are Unix milliseconds.
internal sealed class StoredMessage(ulong number, ApplicationMessage content, long expiresAt)
{
    public const long Never = long.MaxValue;

    // Flags, number, expiry, lengths: what the log adds to a message, roughly.
    private const int OverheadBytes = 64;

    public ulong Number { get; } = number;

    public ApplicationMessage Content { get; } = content;

    public long ExpiresAt { get; } = expiresAt;

    /// The batch of the log that holds it; facts about it stand in the same batch.
    public ulong LoggedInBatch { get; set; }

    public int SizeBytes { get; } = SizeOf(content);

    public static long ExpiryOf(ApplicationMessage content, long now) =>
        content.ExpirySeconds is { } seconds ? now + (seconds * 1000L) : Never;

    public bool IsExpiredAt(long now) => ExpiresAt <= now;

    /// What is left at delivery [MQTT5-3.3.2-6]. A started delivery goes on after its expiry, with 0.
    public uint? RemainingSeconds(long now) =>
        ExpiresAt == Never ? null : (uint)(Math.Max(0, ExpiresAt - now + 999) / 1000);

    /// Saturates instead of overflowing: what is too large is refused by this number.
    public static int SizeOf(ApplicationMessage content)
    {
        long size = OverheadBytes + content.Payload.Length + Encoding.UTF8.GetByteCount(content.Topic);
        size += (content.CorrelationData?.Length ?? 0) + Count(content.ContentType) + Count(content.ResponseTopic);
        for (var i = 0; i < content.UserProperties.Count; i++)
            size += Count(content.UserProperties[i].Name) + Count(content.UserProperties[i].Value) + 8;
        return (int)Math.Min(size, int.MaxValue);
    }

    private static long Count(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>
/// Judges a trace: the write that stored a record bears its 32-byte salt, the sends that acknowledge it bear what is said there. In
/// between there must be a flush of that very file which began after the write returned and returned before the first send began.
/// </summary>
internal static class AcknowledgementOrder
{
    /// <summary>One line for each acknowledgement that left too early, or whose bytes are nowhere in the trace.</summary>
    public static IReadOnlyList<string> Violations(StraceTrace trace, IEnumerable<Acknowledged> records) =>
        [.. records.Select(record => Judge(trace, record)).OfType<string>()];

    private static string? Judge(StraceTrace trace, Acknowledged record)
    {
        var write = trace.Calls.FirstOrDefault(call => call.IsFileWrite && call.Hex.Contains(record.Written, StringComparison.Ordinal));
        if (write is null)
            return $"{record.Written}: no write of this record in the trace";
        var send = trace.Calls.FirstOrDefault(call => call.IsSend && record.Sent.Any(sent => call.Hex.Contains(sent, StringComparison.Ordinal)));
        if (send is null)
            return $"{record.Written}: no send of this acknowledgement in the trace";

        var covered = trace.Calls.Any(call => call.IsFlush && call.Succeeded && call.Path == write.Path
            && call.Began > write.Returned && call.Returned < send.Began);
        return covered ? null : $"{record.Written}: sent at line {send.Began}, written to {write.Path} at line {write.Began}, no flush between";
    }
}

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>
/// Judges a trace: each acknowledgement carries the record's 32-byte salt, and so does the write that stored the record. In
/// between there must be a flush of that very file which began after the write returned and returned before the send began.
/// </summary>
internal static class AcknowledgementOrder
{
    /// <summary>One line for each acknowledgement that left too early, or whose bytes are nowhere in the trace.</summary>
    public static IReadOnlyList<string> Violations(StraceTrace trace, IEnumerable<ReadOnlyMemory<byte>> salts) =>
        [.. salts.Select(salt => Judge(trace, Convert.ToHexStringLower(salt.Span))).OfType<string>()];

    private static string? Judge(StraceTrace trace, string salt)
    {
        var write = trace.Calls.FirstOrDefault(call => call.IsFileWrite && call.Hex.Contains(salt, StringComparison.Ordinal));
        if (write is null)
            return $"{salt}: no write of this record in the trace";

        // A receipt may be cut by a frame; half of the salt is enough to know it.
        var send = trace.Calls.FirstOrDefault(call => call.IsSend &&
            (call.Hex.Contains(salt[..32], StringComparison.Ordinal) || call.Hex.Contains(salt[32..], StringComparison.Ordinal)));
        if (send is null)
            return $"{salt}: no send of this acknowledgement in the trace";

        var covered = trace.Calls.Any(call => call.IsFlush && call.Succeeded && call.Path == write.Path
            && call.Began > write.Returned && call.Returned < send.Began);
        return covered ? null : $"{salt}: sent at line {send.Began}, written to {write.Path} at line {write.Began}, no flush between";
    }
}

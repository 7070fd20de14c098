using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Evidence;

/// <summary>Comparing envelopes as the sequencer does.</summary>
public static class EnvelopeBytes
{
    /// <summary>
    /// "The same bytes": payload type and payload are equal; signatures are randomised and do not count. Bytes that are no envelope are
    /// the same only when they are equal.
    /// </summary>
    public static bool SamePayload(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (first.SequenceEqual(second))
            return true;
        return EnvelopeReader.TryParse(SignedEnvelope.Parser, first, out var a) && EnvelopeReader.TryParse(SignedEnvelope.Parser, second, out var b)
            && a.PayloadType == b.PayloadType && a.Payload == b.Payload;
    }
}

using EdgeEnforcement.EdgeAgent.Sources.Hj212.Recall;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Sampling;

/// A sample (超标留样) that an alert wants its station to keep; one per episode.
/// <param name="WorthUntil">A sample taken later shows other water.</param>
/// <param name="Before">The last P2 record when it was noted: what is recorded of it lies behind.</param>
/// <param name="AskedAt">On disk before the station is asked; null: it was not.</param>
internal sealed record SampleRequest(string Mn, string Rule, string Episode, DateTimeOffset WorthUntil, SpoolCursor Before, DateTimeOffset? AskedAt)
{
    /// Stands in the exchange, and is what the exchange is known by.
    public string Reason => $"exceedance of {Rule}, episode {Episode}";
}

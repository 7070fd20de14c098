using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.EdgeAgent.Detection;

/// One report about an episode, line by line, held against what the station has: signature, rule set, each reading against its batch and
/// each frame against its hash, and the decision made again from the readings alone.
internal sealed class AlertExplanation(AlertArchive archive, byte[] publicKey, Action<string> say)
{
    /// Statements that do not hold.
    public int Differences { get; private set; }

    /// Readings and rules that are not here to be compared.
    public int Missing { get; private set; }

    public void Explain(OpenedEnvelope opened)
    {
        var record = opened.Record ?? throw new ArgumentException("A report has a record.", nameof(opened));
        var (alert, basis) = (record.FieldAlert, record.FieldAlert.Basis);
        say($"alert {alert.EpisodeId} {alert.Phase} {Key(record.Identity)}");
        say($"  {basis.Explanation}");
        say(string.Create(CultureInfo.InvariantCulture, $"  rule {alert.Rule}@{alert.RuleVersion}  {basis.Comparison} {basis.Limit:G9}{(basis.HasUpperLimit ? $" to {basis.UpperLimit:G9}" : "")} {basis.LimitUnit}  source {basis.RuleSource}"));
        Hold("signature", EnvelopeVerifier.Verify(opened, publicKey), "of this station's key");
        foreach (var quote in basis.Readings)
            Compare(quote);
        if (basis.ReadingsLeftOut > 0)
            say(FormattableString.Invariant($"  {basis.ReadingsLeftOut} more readings were judged and are not quoted"));
        Recompute(record);
    }

    private void Compare(QuotedReading quote)
    {
        var where = $"{QuoteComparison.TextOf(quote)}  {Key(quote.Batch)} frame {Convert.ToHexStringLower(quote.FrameSha256.Span)}";
        if (archive.Batch(quote.Batch) is not { } batch)
        {
            Missing++;
            say($"  GONE       {where}  (its batch is not on this disk any more)");
            return;
        }
        foreach (var value in QuoteComparison.Run(quote, batch))
            Hold(value.Name, value.IsSame, value.Name == QuoteComparison.Frame ? "SHA-256 of the raw bytes" : where);
    }

    private void Recompute(Record record)
    {
        var alert = record.FieldAlert;
        if (archive.RulesOf(alert.Basis) is not { } rules)
        {
            Missing++;
            say($"  GONE       rule set {Convert.ToHexStringLower(alert.Basis.RuleSetSha256.Span)} is not on this disk");
            return;
        }
        say($"  rule set {rules.Id} {rules.Version} {rules.Sha256}");
        if (!AlertRecomputation.IsPossible(alert, rules))
        {
            say("  decided from what happened or did not happen, or from other alerts: there are no values to decide it again from");
            return;
        }
        foreach (var value in AlertRecomputation.Run(record.SourceDevice, alert, rules, Decider.Edge))
            Hold(value.Name, value.IsSame, value.IsSame ? value.Stated : $"stated {value.Stated}, recomputed {value.Recomputed}");
    }

    private void Hold(string name, bool same, string text)
    {
        Differences += same ? 0 : 1;
        say($"  {(same ? "SAME" : "DIFFERENT"),-9}  {name}  {text}");
    }

    private static string Key(RecordIdentity identity) => FormattableString.Invariant($"{identity.Producer} e{identity.Epoch}-{identity.RecordClass}-{identity.Sequence}");
}

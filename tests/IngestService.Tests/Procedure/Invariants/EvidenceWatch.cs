using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using Google.Protobuf;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Invariants;

/// <summary>What is attached, what was proven, what was excluded, and where it was cited (invariant 1).</summary>
internal sealed class EvidenceWatch
{
    private readonly Dictionary<string, EvidenceSource> _attached = [];
    private readonly Dictionary<string, bool> _proven = [];
    private readonly List<string[]> _documents = [];
    private ByteString _report = ByteString.Empty;

    public bool OnlyMonitors => _attached.Count > 0 && _attached.Values.All(source => source.DeviceId is Crew.Monitor or Crew.LapsedMonitor);

    public bool AnyProven => _attached.Keys.Any(key => _proven.GetValueOrDefault(key));

    public void Attached(EvidenceSource source) => _attached[source.Key] = source;

    public void Detached(string key) => _attached.Remove(key);

    /// <summary>Of facts, evidence and proposal: what a review is of.</summary>
    public string Fingerprint() => _report.IsEmpty ? "" : _report.ToBase64() + "|"
        + string.Join(",", _attached.Keys.Where(key => _proven.GetValueOrDefault(key)).Order(StringComparer.Ordinal));

    public void Effect(ProcedureAct act, ProcedureActed fact)
    {
        switch (act.Kind)
        {
            case Kind.ReviewEvidence:
                Review(act.EvidenceReview);
                break;
            case Kind.EndInvestigation or Kind.Amend:
                Cites(act.Report.EvidenceKeys);
                _report = act.Report.ToByteString();
                break;
            case Kind.IssueDocument or Kind.CorrectDocument:
                Cites(act.Document.EvidenceKeys);
                _documents.Add([.. act.Document.EvidenceKeys]);
                InvariantWatch.Must(fact.Numbers.Any(number => number.Space == NumberSpace.Common), 15, "a document without a common number");
                break;
            case Kind.ServeNotice or Kind.ServeDecision:
                int ordinal = int.Parse(act.Service.DocumentId[(act.Service.DocumentId.LastIndexOf('/') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
                InvariantWatch.Must(_documents[ordinal - 1].All(key => _proven.GetValueOrDefault(key, true)), 1, "an excluded item in a served document");
                break;
        }
    }

    // In the kit every device of the watch was admitted but the lapsed one, and only readings have flags.
    private void Review(EvidenceReview review)
    {
        foreach (ItemReview item in review.Items)
        {
            EvidenceSource source = _attached[item.EvidenceKey];
            bool isGood = item is { IsTrue: Answer.Yes, IsClear: Answer.Yes, IsComplete: Answer.Yes, IsAccurate: Answer.Yes }
                && source.DeviceId != Crew.LapsedMonitor && source.Quality is "" or "N" && (source.Verified || !source.Key.StartsWith("media/", StringComparison.Ordinal));
            InvariantWatch.Must(item.TechnicalOk || !isGood, 1, "a good item failed the technical review");
            InvariantWatch.Must(source.DeviceId != Crew.LapsedMonitor || !item.TechnicalOk, 1, "a monitor whose verification lapsed passed");
            _proven[item.EvidenceKey] = isGood;
        }
    }

    private void Cites(IEnumerable<string> keys) =>
        InvariantWatch.Must(keys.All(key => _attached.ContainsKey(key) && _proven.GetValueOrDefault(key)), 1, "cites what is not evidence");
}

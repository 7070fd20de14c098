using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Projections.Media;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Refusals;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>
/// The subject as it was at the version the actor saw. The sequencer's version, which is at the last appended entry, decides
/// whether that is still the newest; a projection that lags is waited for, never decided on.
/// </summary>
internal sealed class ActState(
    IProducerMarks marks, ILedgerReader ledger, IProjectionFeed feed, IAlertQueries alerts, ICaseQueries cases, IMediaQueries media)
{
    public async Task<Seen<AlertSnapshot>> AlertAsync(string alertId, ulong expectedVersion, CancellationToken cancellation)
    {
        if (Moved(AlertStream.Of(alertId), expectedVersion) is { } refusal)
            return new(null, refusal);
        await CatchUpAsync(cancellation);
        AlertSnapshot? alert = alerts.Snapshot(alertId);
        return Same(alert, alert?.Version, expectedVersion, $"no alert {alertId}");
    }

    public async Task<Seen<AlertSnapshot>> LeadAsync(string leadId, ulong expectedVersion, CancellationToken cancellation)
    {
        await CatchUpAsync(cancellation);
        AlertSnapshot? alert = alerts.SnapshotByLead(leadId);
        if (alert?.Report is { } report)
            Hash(report);
        return Same(alert, alert?.Version, expectedVersion, $"no lead {leadId}");
    }

    public async Task<Seen<CaseSnapshot>> EvidenceAsync(string caseId, ulong expectedVersion, CancellationToken cancellation)
    {
        if (marks.StreamVersion(CaseStream.Lifecycle(caseId)) == 0)
            return new(null, new RefusalDetail(RefusalCode.UnknownSubject, $"no case {caseId}"));
        if (Moved(CaseStream.Evidence(caseId), expectedVersion) is { } refusal)
            return new(null, refusal);
        await CatchUpAsync(cancellation);
        CaseSnapshot? subject = cases.Snapshot(caseId);
        return Same(subject, subject?.EvidenceVersion, expectedVersion, $"no case {caseId}");
    }

    public bool IsAttached(string caseId, ulong manifestIndex) => cases.IsAttached(caseId, manifestIndex);

    public bool IsManifest(ulong index) => media.Rows([index]).Count == 1;

    public ulong CountLeads() => alerts.CountLeads();

    public IReadOnlyList<string> LastCaseNumbers(string prefix) => cases.LastNumbers(prefix);

    public bool IsTaken(string stream) => marks.StreamVersion(stream) > 0;

    public ulong VersionOf(string stream) => marks.StreamVersion(stream);

    public bool HasMoved(string stream, ulong since) => marks.StreamVersion(stream) != since;

    /// <summary>Every query shows what was durable when this was called.</summary>
    public ValueTask CatchUpAsync(CancellationToken cancellation) => feed.WaitForAsync(ledger.DurableSize, cancellation);

    // The report goes into the file as evidence with what it hashes to now, like a file does.
    private void Hash(EvidenceSource report)
    {
        LedgerEntry entry = ledger.Read(new EntryIndex(report.EntryIndex));
        if (entry.IsErased || !EnvelopeReader.TryRead(entry.Envelope, out OpenedEnvelope opened))
            return;
        (report.Sha256, report.Verified) = (ByteString.CopyFrom(opened.PayloadHash.ToArray()), true);
    }

    private RefusalDetail? Moved(string stream, ulong expectedVersion)
    {
        ulong now = marks.StreamVersion(stream);
        return now == expectedVersion || now == 0 ? null : Conflict(now, expectedVersion);
    }

    // A subject that is not there at all is unknown, not moved on.
    private static Seen<T> Same<T>(T? subject, ulong? version, ulong expectedVersion, string unknown)
        where T : class
    {
        if (subject is null || version is null)
            return new(null, new RefusalDetail(RefusalCode.UnknownSubject, unknown));
        return version == expectedVersion ? new(subject, null) : new(null, Conflict(version.Value, expectedVersion));
    }

    private static RefusalDetail Conflict(ulong now, ulong expected) =>
        ActSentences.Refuse(RefusalCode.Conflict, ActSentences.Moved(expected, now));
}

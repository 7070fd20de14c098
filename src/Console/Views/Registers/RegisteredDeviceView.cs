using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Localization;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>One device: what the register says of it, its admission over time, and "was it admitted at this instant".</summary>
public sealed class RegisteredDeviceView(RegisterQueries queries, TimeProvider time)
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(400);

    // So that a verification's end is seen coming.
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(60);

    private (string Id, ulong Device, ulong Admission, int Marks, DateOnly Day)? _drawn;

    public SubjectDetail? Detail { get; private set; }

    public SubjectDetail? Admission { get; private set; }

    public bool Unknown { get; private set; }

    public UnitNames Units { get; private set; } = UnitNames.None;

    public IReadOnlyList<SubjectRow> Items { get; private set; } = [];

    public IReadOnlyList<AdmissionStretch> Band { get; private set; } = [];

    public GuardAnswer? Answer { get; private set; }

    public DateTimeOffset Now => time.GetUtcNow();

    public DateOnly Today => Figures.Day(Now);

    /// <param name="at">The instant that is asked about; null: now.</param>
    public async Task ReadAsync(string id, DateTimeOffset? at, ulong atLeast, CancellationToken cancellation)
    {
        Detail = await queries.FindAsync(RegisterKind.Device, id, atLeast, cancellation);
        Unknown = Detail is null;
        if (Detail is not { } detail)
            return;
        Units = new UnitNames(await queries.AllAsync(RegisterKind.Unit, atLeast, cancellation));
        Items = [.. (await queries.AllAsync(RegisterKind.Item, atLeast, cancellation)).Where(row => row.Change.Item.OffSite)];
        Admission = await queries.FindAsync(RegisterKind.Admission, id, atLeast, cancellation);
        Answer = await queries.WasAdmittedAsync(id, at, atLeast, cancellation);
        // The feed speaks of everything; the picture changes only with what it is made of.
        var made = (id, detail.Row.Version, Admission?.Row.Version ?? 0, detail.Marks.Count, Today);
        if (made == _drawn)
            return;
        Band = await ReadBandAsync(detail, atLeast, cancellation);
        _drawn = made;
    }

    private async Task<IReadOnlyList<AdmissionStretch>> ReadBandAsync(SubjectDetail detail, ulong atLeast, CancellationToken cancellation)
    {
        var (now, first) = (Now, detail.Versions.Min(version => version.From.ToDateTimeOffset()));
        var end = now + Ahead;
        var instants = AdmissionInstants.Of(detail, Admission, first > now - Back ? first : now - Back, end);
        var band = new List<AdmissionStretch>();
        for (var i = 0; i < instants.Count; i++)
        {
            var until = i + 1 < instants.Count ? instants[i + 1] : end;
            var answer = await queries.WasAdmittedAsync(detail.Row.Id, instants[i], atLeast, cancellation);
            if (band.LastOrDefault() is { } last && (last.Answer.Allowed, last.Answer.Admission, last.Answer.Reason) == (answer.Allowed, answer.Admission, answer.Reason))
                band[^1] = last with { Until = until };
            else
                band.Add(new AdmissionStretch(instants[i], until, answer));
        }
        return band;
    }
}

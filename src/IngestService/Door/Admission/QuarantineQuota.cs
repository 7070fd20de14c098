using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>
/// How much unreadable content of one producer is kept per hour. Authenticated rubbish is evidence of a fault, not a way to fill
/// the ledger. Above the quota the answer is "later", so nothing is given up on the producer's side.
/// </summary>
internal sealed class QuarantineQuota(IOptions<DoorOptions> options, TimeProvider time, ILedgerRoom? room = null)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Spent> _spent = new(StringComparer.Ordinal);
    private readonly DoorOptions _options = options.Value;

    public RefusalDetail? Take(string producer, int bytes)
    {
        // What cannot be read may be of any class; it is kept as long as P1 is, and stays with its producer afterwards.
        if (room?.WhyNot(RecordClass.P1) is { } full)
            return full;
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (!_spent.TryGetValue(producer, out var spent) || time.GetElapsedTime(spent.Since, now) >= Window)
                spent = new Spent(now, 0, 0);
            if (spent.Count >= _options.QuarantinedPerHour || spent.Bytes + bytes > _options.QuarantinedBytesPerHour)
                return new RefusalDetail(RefusalCode.Busy, $"quarantine quota of {producer} is used up: {spent.Count} records, {spent.Bytes} bytes");
            _spent[producer] = new Spent(spent.Since, spent.Count + 1, spent.Bytes + bytes);
            return null;
        }
    }

    // Keyed by registered producers only, so it is as small as the fleet.
    private readonly record struct Spent(long Since, int Count, long Bytes);
}

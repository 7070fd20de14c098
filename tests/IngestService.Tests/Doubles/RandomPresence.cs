using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Door.Presence;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Sessions;
using CloseReason = EdgeEnforcement.Mqtt.Sessions.CloseReason;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Doubles;

/// <summary>A few devices behind two gateways that come and go as they like, into the ledger as the door writes it.</summary>
internal sealed class RandomPresence(MemoryLedger ledger, Random random)
{
    private readonly PresenceBook _book = new(new PresenceOptions { GatewayMinimum = 2, NetworkMinimum = 4 });
    private readonly Dictionary<string, ulong> _versions = [];
    private long _now = ledger.NowMicros / 1000;
    private ulong _version;
    private bool _isStarted;

    public void Tell()
    {
        if (!_isStarted)
            _book.Remember(new PresenceMemory([new KnownDevice("old", Contracts.V1.PresenceState.Connected, default, _now, 30, 1, "gw-1", "")], []), _now);
        _isStarted = true;
        for (int i = random.Next(1, 12); i > 0; i--)
            _book.Take(One("device-" + random.Next(1, 8)), _now);
        _book.Advance(_now);
        Write();
        _now += random.Next(1_000, 90_000);
        _book.Advance(_now);
        Write();
    }

    private void Write()
    {
        if (_book.Collect(_now) is not { } batch)
            return;
        foreach (Contracts.V1.DevicePresence presence in PresenceRecords.Of(batch))
            ledger.AppendFact(LeafOrigin.Door, new Record { DevicePresence = presence });
    }

    private PresenceNews One(string device)
    {
        bool comes = !_versions.ContainsKey(device) || random.Next(2) == 0;
        if (comes)
            _versions[device] = ++_version;
        ulong version = _versions[device];
        PresenceChange change = new(device, version, comes, comes ? null : (CloseReason)random.Next(0, 7))
        {
            Gateway = "gw-" + ((device[^1] % 2) + 1), KeepAliveSeconds = 30, SessionNumber = 7, HeardAt = _now - 500,
        };
        return new PresenceNews(change, !comes && random.Next(4) == 0 ? new ApplicationMessage { Topic = $"ee/v1/{device}/up/raw/will", Payload = new byte[] { 1 } } : null);
    }
}

using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;
using EdgeEnforcement.Detection.Storm;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.Detection;

/// <summary>
/// Rules and storm control together: what comes out of here goes out as it is, in this order. Pure and not synchronised; its whole state
/// is a snapshot.
/// </summary>
/// <remarks>
/// Snapshot, little-endian: "EEDT", version u16, SHA-256 of the rule set (32), state of the watches in the order of the rules, of the
/// series, of storm control; SHA-256 of all before (32). It is read only with the rule set it was written under.
/// </remarks>
public sealed class DetectionEngine
{
    private const ushort Version = 1;

    private Detector _detector;
    private readonly StormControl _storm;

    /// <param name="rules">The rule set in force.</param>
    /// <param name="decider">Which side this is.</param>
    /// <param name="self">Who speaks for stations behind no gateway: the agent's producer.</param>
    /// <param name="now">Silence is counted from here.</param>
    public DetectionEngine(RuleSet rules, Decider decider, string self, DateTimeOffset now)
    {
        _detector = new Detector(rules, decider, now);
        _storm = new StormControl(rules, self);
    }

    /// <summary>The rule set in force.</summary>
    public RuleSet Rules => _detector.Rules;

    /// <summary>Rules times stations.</summary>
    public int WatchCount => _detector.WatchCount;

    /// <summary>Alerts that storm control keeps back.</summary>
    public int HeldCount => _storm.HeldCount;

    /// <summary>What went out and has not ended: held alerts are not in it, their parents are.</summary>
    public IReadOnlyList<OpenEpisode> OpenEpisodes => [.. _detector.Episodes.Where(e => !_storm.Holds(e.EpisodeId)), .. _storm.Parents];

    /// <inheritdoc cref="Detector.Apply(string, ReadingBatch, RecordIdentity, DateTimeOffset)"/>
    public IReadOnlyList<Decision> Apply(string station, ReadingBatch batch, RecordIdentity identity, DateTimeOffset arrivedAt) =>
        _storm.Apply(_detector.Apply(station, batch, identity, arrivedAt), arrivedAt);

    /// <inheritdoc cref="Detector.Apply(string, DeviceEvent, RecordIdentity, DateTimeOffset)"/>
    public IReadOnlyList<Decision> Apply(string station, DeviceEvent happened, RecordIdentity identity, DateTimeOffset arrivedAt) =>
        _storm.Apply(_detector.Apply(station, happened, identity, arrivedAt), arrivedAt);

    /// <inheritdoc cref="Detector.Tick"/>
    public IReadOnlyList<Decision> Tick(DateTimeOffset now) => [.. _storm.Apply(_detector.Tick(now), now), .. _storm.Tick(now)];

    /// <inheritdoc cref="Detector.Resume"/>
    public void Resume(DateTimeOffset now) => _detector.Resume(now);

    /// <inheritdoc cref="Detector.Replace"/>
    public IReadOnlyList<Decision> Replace(RuleSet rules, DateTimeOffset now)
    {
        var (next, ended) = _detector.Replace(rules, now);
        var said = _storm.Apply(ended, now);
        _detector = next;
        _storm.Replace(rules);
        return said;
    }

    /// <summary>Everything it remembers.</summary>
    public byte[] Snapshot()
    {
        using var memory = new MemoryStream();
        memory.Write("EEDT"u8);
        memory.Write(BitConverter.GetBytes(Version));
        memory.Write(Rules.Sha256.ToArray());
        var to = new StateWriter(new BinaryWriter(memory));
        _detector.Write(to);
        _storm.Write(to);
        memory.Write(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        return memory.ToArray();
    }

    /// <summary>An engine that goes on where the snapshot was made.</summary>
    /// <exception cref="InvalidDataException">It is damaged, of another version, or of another rule set.</exception>
    public static DetectionEngine Restore(byte[] snapshot, RuleSet rules, Decider decider, string self)
    {
        const int head = 4 + sizeof(ushort) + Sha256Hash.SizeBytes;
        if (snapshot.Length < head + Sha256Hash.SizeBytes || !snapshot.AsSpan().StartsWith("EEDT"u8))
            throw new InvalidDataException("This is no snapshot of detection.");
        if (!SHA256.HashData(snapshot.AsSpan(..^Sha256Hash.SizeBytes)).AsSpan().SequenceEqual(snapshot.AsSpan(^Sha256Hash.SizeBytes..)))
            throw new InvalidDataException("The snapshot of detection is damaged: its checksum does not match.");
        if (BitConverter.ToUInt16(snapshot, 4) is var version && version != Version)
            throw new InvalidDataException($"The snapshot of detection has version {version}, this program reads {Version}.");
        if (!snapshot.AsSpan(6, Sha256Hash.SizeBytes).SequenceEqual(rules.Sha256.ToArray()))
            throw new InvalidDataException("The snapshot of detection belongs to another rule set.");
        using var memory = new MemoryStream(snapshot, head, snapshot.Length - head - Sha256Hash.SizeBytes);
        var engine = new DetectionEngine(rules, decider, self, DateTimeOffset.MinValue);
        var from = new StateReader(new BinaryReader(memory));
        engine._detector.Read(from);
        engine._storm.Read(from);
        return from.AtEnd ? engine : throw new InvalidDataException("The snapshot of detection has more in it than was read.");
    }
}

using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Media;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Media.Hashing;
using EdgeEnforcement.Evidence;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// Takes one finished file from a recorder into station custody:
///  1 known already, by size and time and then by content: no second manifest;
///  2 copy and hash in one read, flush, read back (StationCopier);
///  3 read what the container says, from our copy;
///  4 sign the manifest into the chain of (recorder, dock); durable in the spool;
///  5 STATION_COPIED, durable.
/// A crash after 4 leaves a manifest without 5: SettleAsync checks the copy again at the next start.
internal sealed class FootageIntake(
    StationCopier copier, MediaFactsReader facts, CustodyRecorder custody, MediaCatalog catalog, SeenFiles seen, IntakeSettings settings)
{
    public async Task<TakeOutcome> TakeAsync(Docking docking, DiskFile file, IProgress<long> progress, CancellationToken cancellation)
    {
        if (Known(docking, file) is { } known)
            return new TakeOutcome(known, New: false, CopyFault.None, "");

        var source = new FileInfo(Path.Combine(docking.BayPath, file.RelativePath));
        var copied = await copier.CopyAsync(source, file.SizeBytes, file.ModifiedAt.UtcDateTime, settings.Hashing, progress, cancellation);
        if (copied.Digest is not { } digest)
            return new TakeOutcome(null, New: false, copied.Fault, copied.Detail);

        var entry = catalog.Find(docking.Recorder, file.RelativePath, digest.Sha256);
        var isNew = entry is null;
        // From here on a shutdown is not honoured: the copy is made, and its record belongs to it.
        entry ??= await custody.ManifestAsync(Manifest(docking, file, digest), DeviceTimeOf(docking), CancellationToken.None);
        if (!entry.StationCopied)
            await custody.AboutAsync(CustodyEventKind.StationCopied, entry, CancellationToken.None);
        seen.Add(docking.Recorder, file.RelativePath, new SeenFile(file.SizeBytes, file.ModifiedAt.UtcTicks, digest.Sha256));
        return new TakeOutcome(entry, isNew, CopyFault.None, "");
    }

    /// Manifests whose custody a crash left open: the copy is read again and only then attested.
    public async Task<IReadOnlyList<CatalogEntry>> SettleAsync(StationStore store, CancellationToken cancellation)
    {
        var missing = new List<CatalogEntry>();
        foreach (var entry in catalog.Where(e => !e.StationCopied))
        {
            if (store.Has(entry.ContentHash, (long)entry.Manifest.SizeBytes) && await MatchesAsync(store, entry, cancellation))
                await custody.AboutAsync(CustodyEventKind.StationCopied, entry, cancellation);
            else
                missing.Add(entry);
        }
        return missing;
    }

    private CatalogEntry? Known(Docking docking, DiskFile file) =>
        seen.Find(docking.Recorder, file.RelativePath) is { } before
            && before.SizeBytes == file.SizeBytes && before.ModifiedTicks == file.ModifiedAt.UtcTicks
            && catalog.Find(docking.Recorder, file.RelativePath, before.Content) is { StationCopied: true } entry
            ? entry
            : null;

    private MediaManifest Manifest(Docking docking, DiskFile file, MediaDigest digest)
    {
        var name = settings.Names.Parse(file.Name);
        var read = facts.Read(() => settings.Store.OpenCopy(digest.Sha256), file.Name);
        var manifest = new MediaManifest
        {
            Recorder = docking.Recorder,
            Dock = settings.Producer,
            Bay = (uint)docking.Bay,
            Officer = name.Officer.Length > 0 ? name.Officer : docking.Identity.Officer,
            CaseNumber = docking.CaseNumber,
            OriginalPath = file.RelativePath,
            NameProfile = name.Profile,
            SizeBytes = (ulong)digest.SizeBytes,
            Kind = read.Kind,
            Container = read.Container,
            Codec = read.Codec,
            Capture = CaptureTimePolicy.Decide(name, read, file, docking.Clock, settings.Time.GetUtcNow()),
            ChunkBytes = (uint)digest.ChunkBytes,
            ChunkSha256 = digest.ConcatenatedChunkSha256(),
            Important = name.Important,
            FileNumber = name.Sequence,
            FirstHash = "agent",
            Position = read.Position,
        };
        manifest.Digests.AddRange(digest.All);
        if (read.Duration is { } duration)
            manifest.Duration = Duration.FromTimeSpan(duration);
        return manifest;
    }

    private DeviceTime DeviceTimeOf(Docking docking)
    {
        var now = settings.Time.GetUtcNow();
        return new DeviceTime
        {
            DeviceTime_ = Timestamp.FromDateTimeOffset(Clamp(now, docking.Clock.Offset)),
            ClockOffset = Duration.FromTimeSpan(docking.Clock.Offset),
            Uncertainty = Duration.FromTimeSpan(docking.Clock.Uncertainty),
            AgentTime = Timestamp.FromDateTimeOffset(now),
        };
    }

    // A recorder's clock may say anything; a timestamp on the wire ends at year 9999.
    private static DateTimeOffset Clamp(DateTimeOffset now, TimeSpan offset) =>
        offset > DateTimeOffset.MaxValue - now ? DateTimeOffset.MaxValue
        : offset < DateTimeOffset.UnixEpoch - now ? DateTimeOffset.UnixEpoch
        : now + offset;

    private static async Task<bool> MatchesAsync(StationStore store, CatalogEntry entry, CancellationToken cancellation)
    {
        await using var file = store.OpenCopy(entry.ContentHash);
        return (await MediaHasher.HashAsync(file, MediaHashOptions.Default, cancellationToken: cancellation)).Sha256 == entry.ContentHash;
    }
}

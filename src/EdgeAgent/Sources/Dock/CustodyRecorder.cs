using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// Puts custody events and manifests into the spool and tells the catalogue. On return they are durable.
internal sealed class CustodyRecorder(AgentSpool spool, MediaCatalog catalog, TimeProvider time) : IDisposable
{
    // custody.proto: at most 200 named; the rest counted.
    private const int MostPaths = 200;

    // One manifest at a time: each names the one before it, which must be durable first.
    private readonly SemaphoreSlim _chain = new(1, 1);

    public Task<SpooledRecord> EventAsync(CustodyEventKind kind, string recorder, int bay, CancellationToken cancellation) =>
        EventAsync(new CustodyEvent { Kind = kind, Recorder = recorder, Bay = (uint)bay }, [], cancellation);

    public async Task<SpooledRecord> EventAsync(CustodyEvent custody, IReadOnlyCollection<string> paths, CancellationToken cancellation)
    {
        custody.At = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        custody.Paths.AddRange(paths.Take(MostPaths));
        custody.PathsCount = (uint)paths.Count;
        var spooled = await spool.AppendAsync(
            RecordClass.P0,
            new Record { SourceDevice = custody.Recorder, Sensitivity = Sensitivity.Personal, CustodyEvent = custody },
            cancellation);
        catalog.Apply(spooled);
        return spooled;
    }

    public Task<SpooledRecord> AboutAsync(CustodyEventKind kind, CatalogEntry file, CancellationToken cancellation) =>
        EventAsync(
            new CustodyEvent
            {
                Kind = kind,
                Recorder = file.Manifest.Recorder,
                Bay = file.Manifest.Bay,
                ManifestSha256 = ByteString.CopyFrom(file.ManifestHash.ToArray()),
            },
            [file.Manifest.OriginalPath],
            cancellation);

    public async Task<CatalogEntry> ManifestAsync(MediaManifest manifest, DeviceTime deviceTime, CancellationToken cancellation)
    {
        await _chain.WaitAsync(cancellation);
        try
        {
            ManifestChain.Link(manifest, catalog.ChainEnd(manifest.Recorder));
            var spooled = await spool.AppendAsync(
                RecordClass.P0,
                new Record { SourceDevice = manifest.Recorder, Sensitivity = Sensitivity.Personal, Time = deviceTime, MediaManifest = manifest },
                cancellation);
            catalog.Apply(spooled);
            return catalog.Find(spooled.Key) ?? throw new InvalidOperationException($"The catalogue did not take {spooled.Key}.");
        }
        finally
        {
            _chain.Release();
        }
    }

    public void Dispose() => _chain.Dispose();
}

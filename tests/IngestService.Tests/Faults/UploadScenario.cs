using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Tests.Explorer;
using EdgeEnforcement.IngestService.Tests.Ledger;
using EdgeEnforcement.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Faults;

/// <summary>
/// One file of two chunks on its way into the store, with a newer generation in the middle, over a real ledger on the same disk. The
/// sender goes on after an error as a station does: it begins again.
/// </summary>
internal sealed class UploadScenario : IFaultScenario
{
    private const int Tries = 3;

    private readonly LedgerScenario _ledger = new(s => s.OpenAsync(), _ => Task.CompletedTask);
    private readonly HashSet<uint> _acknowledged = [];
    private ManifestFacts? _manifest;
    private MediaStore? _store;
    private AppendReceipt? _stored;

    public ShadowFileSystem Disk => _ledger.Disk;

    private ManifestFacts Manifest => _manifest ?? throw new InvalidOperationException("Prepare makes it.");

    private MediaStore Store => _store ?? throw new InvalidOperationException("The store is not open.");

    private string Root => Path.Combine(_ledger.Paths.Data, "media");

    public async Task PrepareAsync()
    {
        await _ledger.PrepareAsync();
        await _ledger.AppendAsync(LedgerFixture.Request(1));
        _manifest = UploadSubject.Manifest(index: 0, UploadSubject.TwoChunks, lies: false);
        await OpenStoreAsync();
    }

    public async Task WorkAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await UploadAsync();
                return;
            }
            catch (IOException) when (attempt < Tries)
            {
                // The stream broke; without power so does the next one.
            }
        }
    }

    private async Task UploadAsync()
    {
        var first = Store.Begin(Manifest);
        if (first.Stage != UploadStage.Stored && !Store.HasObject(Manifest))
            Send(first, onlyOne: true);
        var second = Store.Begin(Manifest);
        if (second.Stage != UploadStage.Stored && !Store.HasObject(Manifest))
            Send(second, onlyOne: false);
        var outcome = await Store.FinishAsync(Manifest, second.Generation, CancellationToken.None);
        Assert.Null(outcome.Refusal);
        var receipt = outcome.Stored!.Receipt;
        Assert.Equal(_stored?.Index ?? receipt.Index, receipt.Index);
        _stored = receipt;
    }

    private void Send(UploadState begun, bool onlyOne)
    {
        using var session = Store.OpenSession(Manifest, begun.Generation)!;
        foreach (var chunk in begun.Chunks.Missing().SelectMany(Numbers).Take(onlyOne ? 1 : int.MaxValue))
        {
            Assert.Null(session.Accept(chunk, UploadSubject.Chunk(Manifest, chunk)));
            _acknowledged.UnionWith(session.Commit().Durable);
        }
    }

    private static IEnumerable<uint> Numbers(ChunkRange range) => Enumerable.Range((int)range.First, (int)range.Count).Select(c => (uint)c);

    public async Task OpenAsync()
    {
        await _ledger.OpenAsync();
        await OpenStoreAsync();
        // What the next start says of the file is a promise as well.
        if (_store is not null && Store.Begin(Manifest) is { Stage: UploadStage.Receiving } state)
            _acknowledged.UnionWith(Enumerable.Range(0, Manifest.ChunkCount).Select(c => (uint)c).Where(state.Chunks.Contains));
    }

    private Task OpenStoreAsync()
    {
        var options = Options.Create(new MediaOptions { Directory = Root, ReserveBytes = 0 });
        _store = new MediaStore(Disk, _ledger.Ledger.Reader, _ledger.Ledger.Facts, options, NullLogger<MediaFinisher>.Instance);
        return _store.StartAsync(CancellationToken.None);
    }

    public async Task LetGoAsync()
    {
        _store?.Dispose();
        _store = null;
        await _ledger.LetGoAsync();
    }

    public async Task CheckAsync()
    {
        await _ledger.CheckAsync();
        await OpenStoreAsync();
        var state = Store.Begin(Manifest);
        if (state.Stage == UploadStage.Receiving && !Store.HasObject(Manifest))
            Assert.DoesNotContain(state.Chunks.Missing().SelectMany(Numbers), _acknowledged.Contains);
        await UploadAsync();
        await _ledger.SignAsync();
        Assert.True(UploadSubject.IsContent(Disk.ReadAllBytes(new MediaPaths(Root).Object(Manifest.Content))));
        Assert.Single(_ledger.Ledger.AllEntries(), e => e.Leaf.Type == (ushort)Record.BodyOneofCase.MediaStored);
        _ledger.Verify("with the file stored");
    }
}

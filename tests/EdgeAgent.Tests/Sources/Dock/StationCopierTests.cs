using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Media;
using EdgeEnforcement.EdgeAgent.Media.Hashing;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Dock;

public sealed class StationCopierTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("copier-").FullName;
    private readonly StationStore _store;
    private readonly FileInfo _source;

    public StationCopierTests()
    {
        _store = new StationStore(new PhysicalFileSystem(), new AgentPaths(_root));
        _store.Open();
        _source = new FileInfo(Path.Combine(_root, "source"));
        File.WriteAllBytes(_source.FullName, new byte[100_000]);
        _source.Refresh();
    }

    [Theory]
    [InlineData(40_000)]
    [InlineData(200_000)]
    public async Task A_file_that_shrinks_or_grows_under_the_read_is_not_taken(int bytes)
    {
        var size = _source.Length;
        // Told after the first chunk is hashed: the file changes while the copy is under way.
        var result = await CopyAsync(size, () => File.WriteAllBytes(_source.FullName, new byte[bytes]));

        Assert.Equal(CopyFault.Changed, result.Fault);
        Assert.Empty(Kept());
    }

    [Fact]
    public async Task A_file_that_goes_under_the_read_is_gone()
    {
        var result = await CopyAsync(_source.Length, () => File.Delete(_source.FullName));

        Assert.Equal(CopyFault.Gone, result.Fault);
        Assert.Empty(Kept());
    }

    [Fact]
    public async Task A_whole_file_lies_under_its_hash()
    {
        var result = await CopyAsync(_source.Length, () => { });

        Assert.Equal(_store.PathOf(result.Digest!.Sha256), Assert.Single(Kept()));
    }

    [Fact]
    public async Task A_disk_that_keeps_other_bytes_than_it_was_given_is_found_out_and_a_good_copy_stays()
    {
        var disk = new ShadowFileSystem();
        var store = new StationStore(disk, new AgentPaths("/station"));
        store.Open();
        var good = await CopyAsync(store);
        // The last bit of each write turns over on its way.
        disk.Writing = (_, bytes) => bytes[^1] ^= 1;

        var result = await CopyAsync(store);

        Assert.Equal((CopyFault.Station, (MediaDigest?)null), (result.Fault, result.Digest));
        Assert.Equal([store.PathOf(good.Digest!.Sha256)], disk.AllFiles());
        Assert.Equal(File.ReadAllBytes(_source.FullName), disk.ReadAllBytes(store.PathOf(good.Digest.Sha256)));
    }

    private Task<CopyResult> CopyAsync(StationStore store) => new StationCopier(store).CopyAsync(
        _source, _source.Length, _source.LastWriteTimeUtc, MediaHashOptions.Default, new CallbackProgress(_ => { }), TestContext.Current.CancellationToken);

    private Task<CopyResult> CopyAsync(long size, Action duringRead) => new StationCopier(_store).CopyAsync(
        _source, size, _source.LastWriteTimeUtc, MediaHashOptions.Default, new CallbackProgress(_ => duringRead()), TestContext.Current.CancellationToken);

    private string[] Kept() => [.. Directory.GetFiles(Path.Combine(_root, "media"), "*", SearchOption.AllDirectories)];

    public void Dispose() => Directory.Delete(_root, recursive: true);
}

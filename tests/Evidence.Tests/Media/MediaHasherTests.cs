namespace EdgeEnforcement.Evidence.Tests;

public sealed class MediaHasherTests
{
    private static readonly MediaHashOptions Small = new() { ChunkBytes = 1000, ExtraAlgorithms = [DigestAlgorithms.Sm3] };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(2000)]
    [InlineData(7777)]
    public async Task Hash_WholeChunksAndExtra_AreThoseOfTheBytes(int size)
    {
        var bytes = Bytes(size);
        var copy = new MemoryStream();

        var digest = await MediaHasher.HashAsync(
            new TrickleStream(bytes), Small, copy.WriteAsync, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(size, digest.SizeBytes);
        Assert.Equal(Sha256Hash.Of(bytes), digest.Sha256);
        Assert.Equal(bytes.Chunk(1000).Select(c => Sha256Hash.Of(c)), digest.ChunkSha256);
        Assert.Equal(bytes, copy.ToArray());
        Assert.Equal(["sha-256", "sm3"], digest.All.Select(d => d.Algorithm));
        Assert.Equal(Sm3.HashData(bytes), digest.All[1].Value.ToByteArray());
        Assert.Equal(digest.ChunkSha256.SelectMany(h => h.ToArray()), digest.ConcatenatedChunkSha256().ToByteArray());
    }

    [Fact]
    public async Task Progress_GrowsByChunksToTheSize()
    {
        var seen = new List<long>();

        await MediaHasher.HashAsync(
            new MemoryStream(Bytes(2500)), Small, progress: new Listed(seen), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([1000L, 2000L, 2500L], seen);
    }

    [Fact]
    public async Task Failures_OfSourceOrSink_ComeOut()
    {
        var token = TestContext.Current.CancellationToken;
        var source = new TrickleStream(Bytes(5000)) { FailAt = 2500 };

        await Assert.ThrowsAsync<IOException>(() => MediaHasher.HashAsync(source, Small, cancellationToken: token));
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            MediaHasher.HashAsync(new MemoryStream(Bytes(5000)), Small, (_, _) => throw new InvalidDataException(), cancellationToken: token));
        await Assert.ThrowsAsync<NotSupportedException>(() =>
            MediaHasher.HashAsync(new MemoryStream(), new MediaHashOptions { ExtraAlgorithms = [DigestAlgorithms.VendorMd5] }, cancellationToken: token));
    }

    [Fact]
    public async Task Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            MediaHasher.HashAsync(new MemoryStream(Bytes(5000)), Small, cancellationToken: cancelled.Token));
    }

    internal static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private sealed class Listed(List<long> seen) : IProgress<long>
    {
        public void Report(long value) => seen.Add(value);
    }

    /// <summary>Gives a few bytes at a time, as a slow device does.</summary>
    private sealed class TrickleStream(byte[] bytes) : MemoryStream(bytes)
    {
        internal int FailAt { get; init; } = int.MaxValue;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= FailAt)
                throw new IOException("pulled out");
            return base.ReadAsync(buffer[..Math.Min(buffer.Length, 37)], cancellationToken);
        }
    }
}

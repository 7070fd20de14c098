using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.Benchmarks;

/// <summary>How far is the agent's one-read hashing (whole file and every 4 MiB chunk) from one plain SHA-256 over the same bytes?</summary>
[InProcess]
[IterationCount(3)]
[WarmupCount(1)]
[InvocationCount(1)]
[MemoryDiagnoser]
public class MediaHasher_Throughput
{
    private const int FileBytes = 512 << 20;

    private string _path = "";
    private byte[] _expected = [];

    [GlobalSetup]
    public void MakeFile()
    {
        _path = Path.GetTempFileName();
        var block = new byte[1 << 20];
        new Random(1).NextBytes(block);
        using (var file = File.Create(_path))
        {
            for (var i = 0; i < FileBytes / block.Length; i++)
                file.Write(block);
        }

        using var again = File.OpenRead(_path);
        _expected = SHA256.HashData(again);
    }

    [Benchmark(Baseline = true, Description = "SHA-256 of the file, nothing else")]
    public void Plain()
    {
        using var file = File.OpenRead(_path);
        Check(SHA256.HashData(file));
    }

    [Benchmark(Description = "MediaHasher: file and chunks")]
    public async Task FileAndChunks() => Check((await HashAsync([])).Sha256.ToArray());

    [Benchmark(Description = "MediaHasher: file, chunks and SM3")]
    public async Task FileChunksAndSm3() => Check((await HashAsync([DigestAlgorithms.Sm3])).Sha256.ToArray());

    [GlobalCleanup]
    public void Remove() => File.Delete(_path);

    private async Task<MediaDigest> HashAsync(string[] extra)
    {
        await using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return await MediaHasher.HashAsync(file, new MediaHashOptions { ExtraAlgorithms = extra }, null, null, CancellationToken.None);
    }

    private void Check(byte[] hash)
    {
        if (!hash.AsSpan().SequenceEqual(_expected))
            throw new InvalidOperationException("wrong hash");
    }
}

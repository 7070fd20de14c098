using System.Text;
using System.Text.RegularExpressions;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.SegmentLog.Tests;

public sealed partial class FormatTests
{
    [Fact]
    public void Crc32C_PublishedVectors()
    {
        Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32])); // RFC 3720 B.4
        Assert.Equal(0x62A8AB43u, Crc32C.Compute(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(Crc32C.Compute("123456789"u8), Crc32C.Append(Crc32C.Compute("1234"u8), "56789"u8));
    }

    [Fact]
    public void Segment_TestVectorOfTheDocument_IsWhatIsWritten()
    {
        var disk = new ShadowFileSystem();
        using var writer = SegmentWriter.Open(disk, "/log", new SegmentLogOptions(),
            Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), RecoveryFloor.None, out _);
        var batch = new RecordBatch();
        batch.Add("leaf"u8, "salt"u8, "envelope"u8);
        batch.Add("second"u8, default);
        writer.Append(batch);
        writer.Flush();
        batch.Clear();
        batch.Add(default, "third"u8);
        writer.Append(batch);
        writer.Flush();

        var written = Convert.ToHexStringLower(disk.ReadAllBytes("/log/00000000000000000000.seg"));
        Assert.Equal(VectorOfTheDocument(), written);
    }

    [Fact]
    public void Records_OfAnySizes_ReadBackAsWritten()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var disk = new ShadowFileSystem();
            var options = new SegmentLogOptions { SegmentBytes = random.Next(256, 200_000) };
            var expected = new List<(byte[] Head, byte[] Body)>();
            using (var writer = SegmentWriter.Open(disk, "/log", options, new Guid(seed, 0, 0, new byte[8]), RecoveryFloor.None, out _))
                WriteRandom(writer, random, expected);

            using var reopened = SegmentWriter.Open(disk, "/log", options, default, RecoveryFloor.None, out var report);
            Assert.Equal((ulong)expected.Count, report.NextIndex.Value);
            Assert.Equal(new Guid(seed, 0, 0, new byte[8]), reopened.LogId);
            Assert.Equal(expected.Count, reopened.Reader.ReadFrom(default).Zip(expected, Same).Count(same => same));
            for (var i = 0; i < 50; i++)
            {
                var index = random.Next(expected.Count);
                Assert.True(Same(reopened.Reader.Read(new RecordIndex((ulong)index)), expected[index]));
                var some = reopened.Reader.ReadFrom(new RecordIndex((ulong)index), maxCount: 3).ToList();
                Assert.Equal(Math.Min(3, expected.Count - index), some.Count);
                Assert.True(some.Zip(expected.Skip(index), Same).All(same => same));
            }
        }
    }

    private static void WriteRandom(SegmentWriter writer, Random random, List<(byte[] Head, byte[] Body)> expected)
    {
        var batch = new RecordBatch();
        for (var i = 0; i < 30; i++)
        {
            batch.Clear();
            for (var count = random.Next(1, 20); count > 0; count--)
            {
                var head = new byte[random.Next(20) == 0 ? random.Next(65_536) : random.Next(300)];
                var body = new byte[random.Next(20) == 0 ? random.Next(100_000) : random.Next(300)];
                random.NextBytes(head);
                random.NextBytes(body);
                batch.Add(head, body);
                expected.Add((head, body));
            }
            writer.Append(batch);
            if (random.Next(3) == 0)
                writer.Flush();
        }
        writer.Flush();
    }

    [Fact]
    public void Add_AtTheLimits_TakesThemAndRefusesOneMore()
    {
        var batch = new RecordBatch();
        batch.Add(new byte[RecordBatch.MaximumHeadBytes], new byte[RecordBatch.MaximumBodyBytes]);
        var length = batch.LengthBytes;
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Add(new byte[RecordBatch.MaximumHeadBytes + 1], default));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Add(default, new byte[RecordBatch.MaximumBodyBytes], new byte[1]));
        Assert.Equal((1, length), (batch.Count, batch.LengthBytes));

        var disk = new ShadowFileSystem();
        using var writer = SegmentWriter.Open(disk, "/log", new SegmentLogOptions { SegmentBytes = 256 }, default, RecoveryFloor.None, out _);
        writer.Append(batch);
        writer.Flush();
        var record = writer.Reader.Read(default);
        Assert.Equal((RecordBatch.MaximumHeadBytes, RecordBatch.MaximumBodyBytes, BodyState.Intact),
            (record.Head.Length, record.Body.Length, record.BodyState));
    }

    private static bool Same(StoredRecord read, (byte[] Head, byte[] Body) written) =>
        read.Head.Span.SequenceEqual(written.Head) && read.Body.Span.SequenceEqual(written.Body) && read.BodyState == BodyState.Intact;

    private static string VectorOfTheDocument()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "EdgeEnforcement.sln")))
            directory = directory.Parent ?? throw new InvalidOperationException("The repository's root was not found.");
        var text = File.ReadAllText(Path.Combine(directory.FullName, "docs", "formats", "segment.md"));
        var block = HexBlock().Match(text).Groups["hex"].Value;
        var hex = new StringBuilder();
        foreach (var line in block.Split('\n'))
            hex.Append(line.Split('#')[0].Replace(" ", "", StringComparison.Ordinal));
        return hex.ToString();
    }

    [GeneratedRegex("```hex\n(?<hex>.*?)```", RegexOptions.Singleline)]
    private static partial Regex HexBlock();
}

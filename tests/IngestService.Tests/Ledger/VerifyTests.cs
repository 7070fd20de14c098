using System.Buffers.Binary;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.SegmentLog;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Tests.Ledger;

public sealed class VerifyTests
{
    // docs/formats/segment.md
    private const int RecordHeaderBytes = 16;
    private const int BodyChecksumOffset = 12;

    private readonly LedgerFixture _fixture = new();
    private readonly StringWriter _output = new();

    private string Segment => Path.Combine(_fixture.Paths.Segments, "00000000000000000000.seg");

    private string Object { get; set; } = "";

    /// <summary>300 records, one stored file, closed.</summary>
    private async Task FillAsync()
    {
        var core = await _fixture.OpenAsync();
        await Task.WhenAll(Enumerable.Range(1, 300).Select(i => core.ReceiptAsync(LedgerFixture.Request((ulong)i))));
        byte[] footage = [.. Enumerable.Range(0, 5000).Select(i => (byte)i)];
        var hash = Sha256Hash.Of(footage);
        Object = Path.Combine(_fixture.Paths.Data, "media", "objects", hash.ToString()[..2], hash.ToString());
        _fixture.Disk.CreateDirectory(Path.GetDirectoryName(Object)!);
        _fixture.Disk.Place(Object, footage);
        await core.FactAsync(new Contracts.V1.Record
        {
            MediaStored = new MediaStored { Sha256 = ByteString.CopyFrom(hash.ToArray()), SizeBytes = (ulong)footage.Length },
        }, LeafOrigin.Ledger);
        await core.DisposeAsync();
    }

    private ExitCode Verify() => VerifyCommand.Run(_fixture.Disk, _fixture.Paths, VerifierKey, _output);

    private string VerifierKey => _fixture.Setting.Signer.VerifierKey;

    private string LastLine => _output.ToString().TrimEnd().Split('\n')[^1];

    private void Flip(string path, int offset)
    {
        var bytes = _fixture.Disk.ReadAllBytes(path);
        bytes[offset < 0 ? bytes.Length + offset : offset] ^= 0x10;
        _fixture.Disk.Place(path, bytes);
    }

    /// The difference that names this file, and where in it.
    private void AssertNamed(string file, string words)
    {
        Assert.Equal(ExitCode.Failed, Verify());
        var lines = _output.ToString().Split('\n');
        Assert.Contains(lines, l => l.StartsWith("DIFFERENCE", StringComparison.Ordinal) && l.Contains(Path.GetFileName(file), StringComparison.Ordinal)
            && l.Contains(words, StringComparison.Ordinal));
        Assert.Contains("difference", LastLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_ledger_is_ok()
    {
        await FillAsync();
        Assert.Equal(ExitCode.Ok, Verify());
        // How many partial tiles there are depends on how many checkpoints there were.
        Assert.Matches("^OK: 301 entries, [3-9] tile files, 1 media objects$", LastLine);
    }

    [Fact]
    public async Task A_running_ledger_is_ok()
    {
        await using var core = await _fixture.OpenAsync();
        await core.ReceiptAsync(LedgerFixture.Request(1));
        Assert.Equal(ExitCode.Ok, Verify());
    }

    [Fact]
    public async Task Gaps_and_conflicts_are_named_and_are_no_difference()
    {
        var core = await _fixture.OpenAsync();
        await core.ReceiptAsync(LedgerFixture.Request(1));
        await core.ReceiptAsync(LedgerFixture.Request(5));
        await core.ReceiptAsync(LedgerFixture.Request(5, content: "other"));
        await core.DisposeAsync();

        Assert.Equal(ExitCode.Ok, Verify());
        Assert.Contains("sequences 2 to 4 never came", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("entry 2 conflicts", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flipped_bit_in_a_leaf_is_named()
    {
        await FillAsync();
        Flip(Segment, 64 + 40 + 16 + 20);
        AssertNamed(Segment, "entry 0");
    }

    [Fact]
    public async Task A_flipped_bit_in_an_envelope_is_named()
    {
        await FillAsync();
        Flip(Segment, -3);
        AssertNamed(Segment, "entry 300: salt and envelope do not match their checksum");
    }

    [Fact]
    public async Task An_envelope_changed_together_with_its_checksum_is_named()
    {
        await FillAsync();
        var bytes = _fixture.Disk.ReadAllBytes(Segment);
        using (var reader = SegmentReader.OpenReadOnly(_fixture.Disk, _fixture.Paths.Segments))
        {
            var record = reader.Read(new RecordIndex(300));
            var at = (int)record.Offset.Value;
            var body = bytes.AsSpan(at + RecordHeaderBytes + record.Head.Length, record.Body.Length);
            body[^1] ^= 1;
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at + BodyChecksumOffset), Crc32C.Compute(body));
        }
        _fixture.Disk.Place(Segment, bytes);

        AssertNamed(Segment, "entry 300: salt and envelope do not give the leaf's commitment");
    }

    [Theory]
    [InlineData("tile/0/000")]
    [InlineData("tile/0/001.p/45")]
    [InlineData("tile/1/000.p/1")]
    public async Task A_flipped_bit_in_a_tile_is_named(string tile)
    {
        await FillAsync();
        Flip(Path.Combine(_fixture.Paths.Public, tile), 17);
        AssertNamed(tile, "offset 17: the tile is not what the segments give");
    }

    [Fact]
    public async Task A_missing_tile_is_named()
    {
        await FillAsync();
        _fixture.Disk.Delete(Path.Combine(_fixture.Paths.Public, "tile/0/000"));
        AssertNamed("tile/0/000", "missing");
    }

    [Theory]
    [InlineData(31)]
    [InlineData(-20)]
    public async Task A_flipped_bit_in_a_checkpoint_is_named(int offset)
    {
        await FillAsync();
        Flip(_fixture.Paths.Checkpoint, offset);
        AssertNamed(_fixture.Paths.Checkpoint, "does not verify");
    }

    [Fact]
    public async Task A_checkpoint_of_another_key_is_named()
    {
        await FillAsync();
        using var other = SigningKey.Create();
        var code = VerifyCommand.Run(_fixture.Disk, _fixture.Paths, new NoteSigner(_fixture.Options.Origin, other).VerifierKey, _output);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("NoKnownKey", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flipped_bit_in_media_is_named()
    {
        await FillAsync();
        Flip(Object, 4000);
        AssertNamed(Object, "entry 300: the media object has SHA-256");
    }

    [Fact]
    public async Task Missing_media_is_named()
    {
        await FillAsync();
        _fixture.Disk.Delete(Object);
        AssertNamed(Object, "missing");
    }

    [Fact]
    public async Task A_cut_ledger_is_named()
    {
        await FillAsync();
        var bytes = _fixture.Disk.ReadAllBytes(Segment);
        _fixture.Disk.Place(Segment, bytes.AsSpan(0, bytes.Length - 100));
        AssertNamed(_fixture.Paths.LastSigned, "size 301 was signed");
        AssertNamed(Segment, "but entries below 301 were signed");
    }
}

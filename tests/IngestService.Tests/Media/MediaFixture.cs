using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Tests.Door;
using Google.Protobuf;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Media;

/// <summary>Content of a given length, and its manifest in the ledger.</summary>
internal sealed class MediaFixture
{
    public const int ChunkBytes = 4 * 1024 * 1024;

    private static ulong s_sequence;

    private MediaFixture(byte[] content, ulong index)
    {
        Content = content;
        Index = index;
    }

    public byte[] Content { get; }

    public ulong Index { get; }

    public int ChunkCount => (Content.Length + ChunkBytes - 1) / ChunkBytes;

    public Sha256Hash Hash => Sha256Hash.Of(Content);

    public static byte[] Bytes(int length, int seed = 1)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        return content;
    }

    public static async Task<MediaFixture> AppendAsync(LedgerDouble ledger, byte[] content, Action<MediaManifest>? change = null)
    {
        var manifest = new MediaManifest
        {
            OriginalPath = "DCIM/20261121/执法 0001.MP4",
            SizeBytes = (ulong)content.Length,
            Kind = MediaKind.Video,
            Container = "mp4",
            ChunkBytes = ChunkBytes,
            ChunkSha256 = ByteString.CopyFrom([.. content.Chunk(ChunkBytes).SelectMany(c => Sha256Hash.Of(c).ToArray())]),
        };
        manifest.Digests.Add(new Digest { Algorithm = "sha-256", Value = ByteString.CopyFrom(Sha256Hash.Of(content).ToArray()) });
        change?.Invoke(manifest);
        var record = new Record
        {
            Identity = new RecordIdentity { Producer = "dock-m", Epoch = 1, RecordClass = RecordClass.P0, Sequence = Interlocked.Increment(ref s_sequence) },
            MediaManifest = manifest,
        };
        var envelope = UnsignedEnvelope.Seal(record);
        var ticket = await ledger.AppendAsync(
            new AppendRequest
            {
                Origin = LeafOrigin.Producer,
                Identity = record.Identity,
                Type = (ushort)record.BodyCase,
                Envelope = envelope,
                PayloadFingerprint = Sha256Hash.Of(envelope),
            },
            CancellationToken.None);
        return new MediaFixture(content, (await ticket.Outcome).Receipt!.Index.Value);
    }

    public ReadOnlyMemory<byte> Chunk(uint chunk)
    {
        var offset = (int)chunk * ChunkBytes;
        return Content.AsMemory(offset, Math.Min(ChunkBytes, Content.Length - offset));
    }
}

using System.Buffers.Binary;

namespace EdgeEnforcement.EndToEnd.Tests.Harness;

/// <summary>Real MP4 files of any size and never the same twice: a sample with a 'free' box of random bytes behind it.</summary>
internal static class Footage
{
    private static readonly byte[] Sample = File.ReadAllBytes(Path.Combine(Repository.Root, "samples/footage/patrol.mp4"));

    public static byte[] Make(Random random, int extraBytes)
    {
        var box = new byte[8 + extraBytes];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        "free"u8.CopyTo(box.AsSpan(4));
        random.NextBytes(box.AsSpan(8));
        return [.. Sample, .. box];
    }

    /// <summary>A name as recorders give it: serial, officer, local time of capture.</summary>
    public static string Name(string serial, string officer, DateTimeOffset capturedAt) =>
        $"{serial}_{officer}_{capturedAt.ToOffset(TimeSpan.FromHours(8)):yyyyMMddHHmmss}.mp4";
}

using System.Diagnostics;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Media.Catalog;

namespace EdgeEnforcement.EdgeAgent.Tests.Catalog;

/// <summary>Real files of each kind a recorder makes, from ffmpeg's own test sources.</summary>
public sealed class MediaFactsReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("media-facts-").FullName;
    private readonly MediaFactsReader _reader = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    [Theory]
    [InlineData("clip.mp4", "-c:v libx264 -pix_fmt yuv420p", MediaKind.Video, "mp4", "h264")]
    [InlineData("clip.mov", "-c:v mpeg4", MediaKind.Video, "mov", "mpeg4")]
    [InlineData("clip.avi", "-c:v mjpeg", MediaKind.Video, "avi", null)]
    public async Task Video_gives_container_codec_and_length(string name, string codec, MediaKind kind, string container, string? expectedCodec)
    {
        var facts = Read(await MakeAsync(name, "-f lavfi -i testsrc2=size=160x120:rate=10 -t 3 " + codec), name);

        Assert.Equal((kind, container), (facts.Kind, facts.Container));
        Assert.InRange(facts.Duration!.Value.TotalSeconds, 2.8, 3.2);
        if (expectedCodec is null)
            Assert.NotEmpty(facts.Codec);
        else
            Assert.Equal(expectedCodec, facts.Codec);
    }

    [Fact]
    public async Task A_sound_recording_is_audio_with_its_length()
    {
        var facts = Read(await MakeAsync("note.wav", "-f lavfi -i sine=frequency=440:sample_rate=8000 -t 2"), "note.wav");

        Assert.Equal((MediaKind.Audio, "wav"), (facts.Kind, facts.Container));
        Assert.InRange(facts.Duration!.Value.TotalSeconds, 1.9, 2.1);
    }

    [Fact]
    public async Task A_recording_time_in_the_container_is_read_as_utc()
    {
        var path = await MakeAsync("dated.mp4", "-f lavfi -i testsrc2=size=160x120:rate=10 -t 1 -c:v libx264 -metadata creation_time=2026-11-20T10:00:00Z");

        Assert.Equal(new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero), Read(path, "dated.mp4").CreatedAt);
    }

    // Cut at any place, a file says less; it never says nothing by throwing.
    [Fact]
    public void A_file_cut_anywhere_is_read_without_a_fault()
    {
        var whole = Footage.Mp4;
        for (var length = 0; length < whole.Length; length += 61)
        {
            var path = Path.Combine(_folder, "cut.mp4");
            File.WriteAllBytes(path, whole[..length]);

            Assert.Equal(MediaKind.Video, Read(path, "cut.mp4").Kind);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private MediaFacts Read(string path, string name) => _reader.Read(() => File.OpenRead(path), name);

    private async Task<string> MakeAsync(string name, string arguments)
    {
        var path = Path.Combine(_folder, name);
        using var ffmpeg = Process.Start("ffmpeg", $"-loglevel error -y {arguments} {path}");
        await ffmpeg.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(ffmpeg.ExitCode == 0 && File.Exists(path), "ffmpeg is needed to make the footage");
        return path;
    }
}

using System.Diagnostics;

namespace EdgeEnforcement.OperatorConsole.Tests.Hosting;

/// <summary>Real files made on the spot: a browser plays nothing less.</summary>
internal static class Footage
{
    private static readonly Lazy<byte[]> LazyVideo = new(() => Make("mp4",
        "-f lavfi -i testsrc2=size=640x360:rate=25 -f lavfi -i sine=frequency=440 -t 4 -c:v libx264 -pix_fmt yuv420p -c:a aac -movflags +faststart"));

    private static readonly Lazy<byte[]> LazyPhoto = new(() => Make("jpg", "-f lavfi -i testsrc2=size=1280x720 -frames:v 1"));

    public static byte[] Video => LazyVideo.Value;

    public static byte[] Photo => LazyPhoto.Value;

    private static byte[] Make(string extension, string arguments)
    {
        var folder = Directory.CreateTempSubdirectory("console-footage-");
        try
        {
            var file = Path.Combine(folder.FullName, "footage." + extension);
            using var process = Process.Start(new ProcessStartInfo("ffmpeg", $"-hide_banner -loglevel error -y {arguments} {file}"))!;
            process.WaitForExit();
            return process.ExitCode == 0 ? File.ReadAllBytes(file) : throw new InvalidOperationException("ffmpeg made no footage");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

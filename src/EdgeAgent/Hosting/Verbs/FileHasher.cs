using EdgeEnforcement.EdgeAgent.Media.Hashing;
using EdgeEnforcement.Evidence;
using Spectre.Console;

namespace EdgeEnforcement.EdgeAgent.Hosting.Verbs;

/// Hashes one file, with a bar on a terminal.
internal static class FileHasher
{
    public static async Task<MediaDigest> HashAsync(string file, MediaHashOptions options, CancellationToken cancellation)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan);
        if (Console.IsOutputRedirected || Console.IsErrorRedirected)
            return await MediaHasher.HashAsync(stream, options, cancellationToken: cancellation);
        return await AnsiConsole.Progress().AutoClear(true).StartAsync(context =>
        {
            var bar = context.AddTask(Markup.Escape(Path.GetFileName(file)), maxValue: Math.Max(1, stream.Length));
            return MediaHasher.HashAsync(stream, options, progress: new CallbackProgress(b => bar.Value = b), cancellationToken: cancellation);
        });
    }
}

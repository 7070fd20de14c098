using System.CommandLine;
using EdgeEnforcement.Evidence;
using Spectre.Console;

namespace EdgeEnforcement.EdgeAgent.Hosting.Verbs;

/// `hash`: what the agent would put into a manifest, in the form that sha256sum prints and reads.
internal static class HashVerb
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "Files to hash", Arity = ArgumentArity.OneOrMore };
        var sm3 = new Option<bool>("--sm3") { Description = "SM3 beside SHA-256" };
        var chunks = new Option<bool>("--chunks") { Description = "SHA-256 of each 4 MiB chunk too" };
        var command = new Command("hash", "Hashes files as the agent does") { files, sm3, chunks };
        command.SetAction(async (result, cancellation) =>
        {
            var options = result.GetValue(sm3)
                ? MediaHashOptions.Default with { ExtraAlgorithms = [DigestAlgorithms.Sm3] }
                : MediaHashOptions.Default;
            var code = ExitCodes.Ok;
            foreach (var file in result.GetRequiredValue(files))
                try
                {
                    Print(file, await FileHasher.HashAsync(file, options, cancellation), result.GetValue(chunks));
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    await Console.Error.WriteLineAsync($"{file}: {e.Message}");
                    code = ExitCodes.Negative;
                }
            return code;
        });
        return command;
    }

    private static void Print(string file, MediaDigest digest, bool chunks)
    {
        Console.WriteLine($"{digest.Sha256}  {file}");
        foreach (var extra in digest.All.Skip(1))
            Console.WriteLine($"{extra.Algorithm} {Convert.ToHexStringLower(extra.Value.Span)}  {file}");
        if (chunks)
            foreach (var (hash, number) in digest.ChunkSha256.Select((h, i) => (h, i)))
                Console.WriteLine(FormattableString.Invariant($"  chunk {number} {hash}"));
    }
}

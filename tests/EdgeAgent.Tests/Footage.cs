namespace EdgeEnforcement.EdgeAgent.Tests;

/// <summary>Small real media from samples/footage, found from where the tests run.</summary>
internal static class Footage
{
    public static byte[] Mp4 => File.ReadAllBytes(Path.Combine(Root, "checkpoint.mp4"));

    public static byte[] Jpeg => File.ReadAllBytes(Path.Combine(Root, "outlet.jpg"));

    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (Directory.Exists(Path.Combine(directory.FullName, "samples", "footage")))
                return Path.Combine(directory.FullName, "samples", "footage");
        throw new DirectoryNotFoundException("samples/footage");
    }
}

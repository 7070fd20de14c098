namespace EdgeEnforcement.Testing;

/// <summary>Errors of a disk, with the numbers that <see cref="Exception.HResult"/> carries for them on Linux.</summary>
public static class ShadowErrno
{
    public const int Eio = 5;
    public const int Enospc = 28;

    internal static IOException Exception(int errno, string what) =>
        new($"{(errno == Enospc ? "No space left on device" : "Input/output error")} : {what}", errno);
}

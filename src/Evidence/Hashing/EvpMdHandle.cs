using Microsoft.Win32.SafeHandles;

namespace EdgeEnforcement.Evidence;

internal sealed class EvpMdHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeDigest(handle);
        return true;
    }
}

using Microsoft.Win32.SafeHandles;

namespace EdgeEnforcement.Evidence;

internal sealed class EvpMdContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeDigestContext(handle);
        return true;
    }
}

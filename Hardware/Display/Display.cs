using Akka.Actor;
using Disguise.Actors.Islands;
using Disguise.Hardware.Machines;
using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Display;

/// <summary>
/// A display controller: a frame buffer with ownership tags behind a BAR of PCI Express. This is
/// the handle that the machine's composition and the kernel hold; tenants reach pixels through
/// apertures that are mapped into them, and nothing else.
/// </summary>
/// <remarks>
/// Silicon Graphics' hardware took the accessor's tag from a context register that was switched
/// with the process; here each tag has an aperture of its own, a window of the BAR, so that the
/// address says who writes (assumed).
/// </remarks>
public sealed class Display
{
    private readonly DisplayDevice device;

    private Display(DisplayDevice device) => this.device = device;

    /// <summary>Address of the device: <c>server.display</c>.</summary>
    public string Address => $"{device.Machine.Name}.{device.Options.Name}";

    /// <summary>Pixels and tags, to be looked at.</summary>
    public FrameBuffer Screen => device.Screen;

    /// <summary>Its configuration space.</summary>
    public ConfigurationSpace ConfigurationSpace => device.Configuration.Space;

    /// <summary>Bytes of each aperture.</summary>
    public long ApertureBytes => device.ApertureBytes;

    /// <summary>Physical address of the kernel's registers.</summary>
    public long RegistersAddress => (long)device.Configuration.Space.RegistersAddress;

    /// <summary>Puts a display into a machine, as a child of the machine's actor.</summary>
    public static Display Attach(
        Machine machine, DisplayOptions options, IActorContext machineActorContext)
    {
        var device = new DisplayDevice(machine, options);
        device.Actor = machine.Island.Spawn(
            machineActorContext, ActorProps.Of(() => new DisplayActor(device)), options.Name);
        return new Display(device);
    }

    /// <summary>Physical address of a tag's aperture.</summary>
    public long ApertureOf(int tag) => RegistersAddress + (tag * ApertureBytes);
}

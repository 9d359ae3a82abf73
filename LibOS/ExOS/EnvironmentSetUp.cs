using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Network;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Native;
using Disguise.LibOS.Network;
using Disguise.LibOS.Posix;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// What ExOS asks of the kernel before the first packet: frames, mappings, a network binding.
/// After that the kernel is not on the path: the binding was authorised, and is used.
/// </summary>
internal sealed class EnvironmentSetUp(
    DomainEnvironment environment, TenantSettings settings, CpuContext context, KernelGate gate,
    IDoorbellSleep sleep)
{
    /// <summary>The memory of the environment.</summary>
    public DomainMemory Memory { get; } = new(
        context, environment.Costs.Of(DeviceCosts.PciePostedWrite));

    /// <summary>The first frame behind those of rings and buffers.</summary>
    public long FrameBehind { get; private set; }

    /// <summary>The network, when it is there.</summary>
    public NativeLink? Link { get; private set; }

    /// <summary>The application's socket, when there is a network.</summary>
    public IDatagramSocket? Socket { get; private set; }

    /// <summary>
    /// Sets the environment up and says that it is ready. False when something was refused that
    /// its application needs: one that serves no port does without a network.
    /// </summary>
    public async EmulatedTask<bool> Run()
    {
        if (await Prepare() is { } refused)
        {
            environment.Readiness.Failed(environment.Address, refused);
            return false;
        }

        await context.SyncBeforeSend();
        Link?.Driver.Initialize();
        await context.Sync();
        if (Link is not null)
            Socket = MakeSocket(Link);
        environment.Readiness.Ready(environment.Address);
        return true;
    }

    private IDatagramSocket MakeSocket(NativeLink link)
    {
        environment.Readiness.Counts(link.Stack.Counters);
        if (settings.Interface == TenantInterface.Native)
            return new NativeSocket(link);
        var sockets = new PosixSockets(link);
        environment.Readiness.Counts(sockets.Counters);
        return new PosixDatagramSocket(
            sockets, (ulong)Frame.AddressOf(settings.ApplicationPage),
            settings.ApplicationPages * Frame.SizeBytes);
    }

    /// <summary>Why something was refused, or null.</summary>
    private async EmulatedTask<string?> Prepare()
    {
        var frames = await gate.Call(new KernelCall.AllocateFrames(settings.Pages));
        if (frames.Refusal != ExokernelRefusal.None)
            return $"AllocateFrames: {frames.Refusal}";
        FrameBehind = frames.Value + settings.Pages;
        var mapped = await gate.Call(new KernelCall.MapPages(
            settings.Layout.FirstPage, frames.Value, settings.Pages, IsWritable: true));
        if (mapped.Refusal != ExokernelRefusal.None)
            return $"MapPages: {mapped.Refusal}";
        // Where nobody will sleep, an interrupt vector is left to others.
        var bound = await gate.Call(new KernelCall.BindNetwork(
            environment.Mac.Value, environment.Ip.Value, !settings.Wait.IsPoll,
            settings.RateLimitBitsPerSecond));
        if (settings.Application.ServicePort == 0)
        {
            if (bound.Refusal == ExokernelRefusal.None)
                UseFunction(new BindingValue(bound.Value));
            return null;
        }

        if (bound.Refusal == ExokernelRefusal.FunctionsExhausted)
            return await Share();
        if (bound.Refusal != ExokernelRefusal.None)
            return $"BindNetwork: {bound.Refusal}";
        UseFunction(new BindingValue(bound.Value));
        return null;
    }

    /// <summary>No function is left: asks for a share of the card, over the same rings.</summary>
    private async EmulatedTask<string?> Share()
    {
        var layout = settings.Layout;
        var bound = await gate.Call(new KernelCall.BindPackets(
            0, environment.Mac.Value, environment.Ip.Value, 0, settings.RateLimitBitsPerSecond,
            new PacketRingPlace(
                layout.ReceiveRing, layout.ReceiveSize, layout.TransmitRing,
                layout.TransmitSize)));
        if (bound.Refusal == ExokernelRefusal.CardNotShared)
            return $"BindNetwork: {ExokernelRefusal.FunctionsExhausted}";
        if (bound.Refusal != ExokernelRefusal.None)
            return $"BindPackets: {bound.Refusal}";
        var queue = new KernelQueue(Memory, gate, environment.Mac);
        Link = MakeLink(
            new QueueDriver(queue, layout, KernelQueue.Registers, 0), queue, "");
        return null;
    }

    private void UseFunction(BindingValue binding) => Link = MakeLink(
        new QueueDriver(
            Memory, settings.Layout, (ulong)Frame.AddressOf(EnvironmentLayout.RegisterPage),
            binding.Vector),
        null, environment.Requests is null ? "" : FunctionAddress(binding));

    private NativeLink MakeLink(
        QueueDriver driver, IKernelQueue? kernel, string function)
    {
        var isNative = settings.Interface == TenantInterface.Native;
        return new NativeLink
        {
            Context = context,
            Memory = Memory,
            Driver = driver,
            Kernel = kernel,
            Stack = new NetworkStack(environment.Mac, environment.Ip),
            Wait = settings.Wait,
            Sleep = sleep,
            StackReceive = isNative
                ? ProfileCosts.StackReceiveNative : ProfileCosts.StackReceivePosix,
            StackSend = isNative ? ProfileCosts.StackSendNative : ProfileCosts.StackSendPosix,
            Requests = environment.Requests,
            Function = function,
        };
    }

    /// <summary>The function's address from the environment's: both are of one machine.</summary>
    private string FunctionAddress(BindingValue binding)
    {
        var machine = environment.Address[..environment.Address.LastIndexOf('.')];
        return $"{machine}.nic.vf[{binding.Function}]";
    }
}

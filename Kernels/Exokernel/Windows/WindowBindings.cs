using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Display;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Translation;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Exokernel.Windows;

/// <summary>
/// Secure bindings of the screen: the kernel gives a rectangle the tag of a window and maps that
/// tag's aperture into the environment; each pixel goes without it, past the comparison of tags in
/// the display (Engler et al., SOSP 1995, section 3.2).
/// </summary>
internal sealed class WindowBindings
{
    private readonly KernelState state;
    private readonly Display? display;
    private readonly WindowBook? book;
    private readonly long[] settledPs = new long[DisplayRegisters.TagCount];

    public WindowBindings(KernelState state)
    {
        this.state = state;
        display = state.Options.Display;
        if (display is not null)
        {
            book = new WindowBook(
                state.Memory.Credentials,
                new ScreenWindows(
                    display.Screen.Width, display.Screen.Height, DisplayRegisters.TagCount - 1),
                state.Machine.Guards);
        }
    }

    /// <summary>Which windows there are; null where there is no display.</summary>
    public WindowBook? Book => book;

    /// <summary>Credentials looked at for a window.</summary>
    public long CheckCount => book?.CheckCount ?? 0;

    /// <summary>Pixels that went through a window that is bound.</summary>
    public long UseCount => display?.Screen.WriteCount + display?.Screen.ReadCount ?? 0;

    /// <summary>Pixels that the display refused.</summary>
    public long RefusedCount => display?.Screen.RefusedCount ?? 0;

    /// <summary>Serves a call about windows.</summary>
    public CallResult Serve(
        EnvironmentRecord caller, WindowCall call, Core core, ref long atPs)
    {
        if (book is null)
            return new CallResult(ExokernelRefusal.NoDisplay);
        atPs = state.Work.ServeBinding(core, atPs);
        return call switch
        {
            WindowCall.BindWindow bind => Bind(caller, bind, core, ref atPs),
            WindowCall.MapWindow map => Map(caller, map, core, ref atPs),
            WindowCall.PassWindow pass => Pass(caller, pass, core, ref atPs),
            WindowCall.UnbindWindow unbind => Unbind(caller, unbind, core, ref atPs),
            _ => throw new InvalidOperationException($"no call {call.Name}"),
        };
    }

    /// <summary>An environment ends: its windows are nobody's, and black.</summary>
    public long End(EnvironmentRecord environment, Core core, long atPs)
    {
        if (book is null)
            return atPs;
        foreach (var window in book.WindowsOf(environment.Number).ToArray())
            Break(window, core, ref atPs);
        return atPs;
    }

    /// <summary>The first window of an environment; -1 where it has none.</summary>
    public long FirstOf(EnvironmentRecord environment) =>
        book?.WindowsOf(environment.Number).FirstOrDefault(-1) ?? -1;

    /// <summary>
    /// Takes the first window of an environment. Returns when the display has obeyed.
    /// </summary>
    public long TakeFirst(EnvironmentRecord environment, Core core, long atPs)
    {
        var window = (int)FirstOf(environment);
        Break(window, core, ref atPs);
        return settledPs[window];
    }

    /// <summary>
    /// Whether a page that is bound leads to where a window of its environment's is.
    /// </summary>
    public bool LeadsToWindow(in Binding binding)
    {
        if (book is null)
            return false;
        foreach (var window in book.WindowsOf(binding.Environment))
        {
            if (book.TryGetPage(window, out var first)
                && binding.VirtualPage - first is var page and >= 0
                && page < book.PagesOf(window) && binding.Frame == FirstFrameOf(window) + page)
                return true;
        }

        return false;
    }

    private CallResult Bind(
        EnvironmentRecord caller, WindowCall.BindWindow call, Core core, ref long atPs)
    {
        var refusal = book!.CheckBind(caller.Number, call.Credential, call.Rectangle);
        if (refusal == ExokernelRefusal.None)
        {
            refusal = CheckPages(
                caller, call.Page, book.PagesOf(call.Rectangle));
        }

        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal);
        var window = book.Bind(caller.Number, call.Credential, call.Rectangle);
        // The order by which another lost the tag is obeyed before this one.
        atPs = Math.Max(atPs, settledPs[window]);
        Write(
            DisplayRegisters.PositionOf(window),
            DisplayRegisters.Pair(call.Rectangle.X, call.Rectangle.Y), core, ref atPs);
        Write(
            DisplayRegisters.SizeOf(window),
            DisplayRegisters.Pair(call.Rectangle.Width, call.Rectangle.Height), core, ref atPs);
        Write(DisplayRegisters.ControlOf(window), DisplayRegisters.Assign, core, ref atPs);
        Enter(caller, window, call.Page, core, ref atPs);
        return new CallResult(ExokernelRefusal.None, window, RowBytes);
    }

    private CallResult Map(
        EnvironmentRecord caller, WindowCall.MapWindow call, Core core, ref long atPs)
    {
        var refusal = book!.CheckControl(caller.Number, call.Credential, call.Window);
        if (refusal == ExokernelRefusal.None
            && book.OwnerOf((int)call.Window) != caller.Number)
            refusal = ExokernelRefusal.NotTheOwner;
        if (refusal == ExokernelRefusal.None)
            refusal = CheckPages(caller, call.Page, book.PagesOf((int)call.Window));
        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal);
        Withdraw((int)call.Window, core, ref atPs);
        Enter(caller, (int)call.Window, call.Page, core, ref atPs);
        return new CallResult(ExokernelRefusal.None, RowBytes);
    }

    private CallResult Pass(
        EnvironmentRecord caller, WindowCall.PassWindow call, Core core, ref long atPs)
    {
        var refusal = book!.CheckControl(caller.Number, call.Credential, call.Window);
        var receiver = state.Environments.ByNumber(call.Receiver);
        if (refusal == ExokernelRefusal.None && receiver is null)
            refusal = ExokernelRefusal.NoSuchEnvironment;
        if (refusal != ExokernelRefusal.None)
            return new CallResult(refusal);
        Withdraw((int)call.Window, core, ref atPs);
        book.Pass((int)call.Window, receiver!.Number, receiver.Memory.Own);
        return default;
    }

    private CallResult Unbind(
        EnvironmentRecord caller, WindowCall.UnbindWindow call, Core core, ref long atPs)
    {
        var refusal = book!.CheckControl(caller.Number, call.Credential, call.Window);
        if (refusal == ExokernelRefusal.None)
            Break((int)call.Window, core, ref atPs);
        return new CallResult(refusal);
    }

    private long RowBytes => (long)display!.Screen.Width * DisplayRegisters.PixelBytes;

    private long FirstFrameOf(int window) =>
        Frame.NumberOf(display!.ApertureOf(window)) + book!.FirstPageOf(window);

    /// <summary>The pages are the environment's to give, and lead nowhere.</summary>
    private ExokernelRefusal CheckPages(EnvironmentRecord environment, long first, int pages)
    {
        var options = state.Memory.Translation.Options;
        if (first < options.FirstPage || first > options.PageCount - pages)
            return ExokernelRefusal.BadPage;
        for (var page = first; page < first + pages; page++)
        {
            if (state.Memory.Translation.Bindings.TryFind(environment.Number, page, out _))
                return ExokernelRefusal.AlreadyBound;
        }

        return state.Memory.Batch.CheckRoom(
            environment.Number, environment.Memory.Table, first, pages);
    }

    private void Enter(
        EnvironmentRecord environment, int window, long firstPage, Core core, ref long atPs)
    {
        var frame = FirstFrameOf(window);
        for (var page = 0; page < book!.PagesOf(window); page++)
        {
            state.Memory.Enter(new Binding(
                environment.Number, firstPage + page, frame + page,
                PageRights.User | PageRights.Writable, BindingKind.Register));
        }

        book.Map(window, firstPage);
        atPs = state.Settle(core, atPs);
    }

    /// <summary>Nobody has the window mapped any more.</summary>
    private void Withdraw(int window, Core core, ref long atPs)
    {
        if (!book!.TryGetPage(window, out var first))
            return;
        for (var page = first; page < first + book.PagesOf(window); page++)
            state.Memory.Unbind(book.OwnerOf(window), page);
        atPs = state.Settle(core, atPs);
    }

    private void Break(int window, Core core, ref long atPs)
    {
        Withdraw(window, core, ref atPs);
        Write(DisplayRegisters.ControlOf(window), DisplayRegisters.Release, core, ref atPs);
        settledPs[window] = atPs + state.Machine.Costs.Of(DeviceCosts.PciePostedWrite);
        book!.Unbind(window);
    }

    private void Write(int register, uint value, Core core, ref long atPs)
    {
        atPs = state.Work.Drive(core, HardwareCosts.MmioWrite, 1, atPs);
        RegisterBus.Post(
            state.Machine.Mmio, state.Kernel, display!.RegistersAddress + register, value,
            atPs + state.Machine.Costs.Of(DeviceCosts.PciePostedWrite));
    }
}

# Xok and its library operating system ExOS 1.0 (Kaashoek et al., SOSP 1997; here E97) on a Pentium
# Pro of 200 MHz. The paper prints composed times only, so what Aegis took in instructions holds
# here too; the platform makes them time.
# A line: cost [on platform] = value unit [assumed] # source. Units: ps ns us instr; with /B a byte.

description = Xok with ExOS 1.0

# Processor time: quanta of several ticks, of which some can be saved up
slice-tick = 10000 us # Xok, sys/kern/sched.c: si_rate
slice-ticks = 8 # Xok, sys/xok/scheduler.h: BASE_TICKS
slice-ticks-saved = 15 # Xok, sys/xok/scheduler.h: the cap
slice-ticks-excess = 330 # Xok, sys/xok/scheduler.h: MAX_QX

# Kernel primitives: Xok prints no times for them; as Aegis, in instructions
exception-forward = 18 instr assumed # as aegis-exos
stlb-refill = 18 instr assumed # as aegis-exos
kernel-call-demultiplex = 10 instr assumed # as aegis-exos
protected-transfer = 20 instr assumed # as aegis-exos
kernel-call = 27 instr assumed # as aegis-exos
kernel-call-stack = 14 instr assumed # as aegis-exos
tlb-write-call = 20 instr assumed # as aegis-exos
frame-call = 40 instr assumed # as aegis-exos
slice-upcall = 30 instr assumed # as aegis-exos
predicate-evaluate = 10 instr assumed # compiled: two loads, a comparison, a branch
context-save = 20 instr assumed # as aegis-exos
stride-select = 60 instr assumed # as aegis-exos
pipe-call = 500 instr assumed # as ultrix-4.2
pipe-byte = 2.145 instr/B assumed # as copy-receive
signal-send = 200 instr assumed # as ultrix-4.2

# Virtual memory: the same library structures
page-table-lookup-linear = 211 instr assumed # as aegis-exos
page-table-lookup-inverted = 88 instr assumed # as aegis-exos
page-table-next-inverted = 8 instr assumed # as aegis-exos
page-protect = 111 instr assumed # as aegis-exos
page-protect-range-page = 21 instr assumed # as aegis-exos
page-unprotect-range-page = 29 instr assumed # as aegis-exos
fault-dispatch = 106 instr assumed # as aegis-exos
fault-look-up = 2 instr assumed # as aegis-exos

# The network stack in the library
stack-receive-native = 290 instr assumed # as aegis-exos
stack-send-native = 290 instr assumed # as aegis-exos
stack-receive-posix = 332 instr assumed # as aegis-exos
stack-send-posix = 332 instr assumed # as aegis-exos
copy-receive = 2.145 instr/B assumed # as aegis-exos
copy-send = 2.145 instr/B assumed # as aegis-exos
demultiplexing = 45 instr assumed # as aegis-exos

# The control plane and the scheduler
control-plane-call = 40 instr assumed # as aegis-exos
page-table-entry = 30 instr assumed # an entry checked and written by a call, batched
scheduler-wake-up = 40 instr assumed # as aegis-exos
scheduler-dispatch = 30 instr assumed # as aegis-exos
software-card-packet = 300 instr assumed # as aegis-exos

# What a stack must do that tenants share; charged by placement, and no paper prints the split
receive-buffer-accounting = 10 instr assumed # as aegis-exos
socket-lock-receive = 4 instr assumed # as aegis-exos
argument-check-receive = 10 instr assumed # as aegis-exos
send-buffer-accounting = 10 instr assumed # as aegis-exos
socket-lock-send = 4 instr assumed # as aegis-exos
argument-check-send = 10 instr assumed # as aegis-exos
event-wait = 60 instr assumed # as aegis-exos
event-notification = 15 instr assumed # as aegis-exos
queueing-discipline = 60 instr assumed # as aegis-exos
receiver-notification = 30 instr assumed # as aegis-exos
user-copy-receive = 0 instr assumed # as aegis-exos
user-copy-send = 0 instr assumed # as aegis-exos

# The state of the core that a packet finds: these processors have no idle states
stack-receive-while-running = 0 instr assumed # as aegis-exos
stack-send-after-idle = 0 instr assumed # as aegis-exos
copy-receive-after-idle = 0 instr assumed # as aegis-exos
copy-send-after-idle = 0 instr assumed # as aegis-exos
trap-after-idle = 0 instr assumed # as aegis-exos
trap-return-after-idle = 0 instr assumed # as aegis-exos
idle-leave = 0 instr assumed # as aegis-exos

# What other designs need; this code has none of it. The system call is that of the OpenBSD that
# Xok was compared with.
ipc-path = 60 instr assumed # as aegis-exos
system-call-path = 150 instr assumed # getpid: 270 cycles at 120 MHz less trap and return
signal-delivery = 108 instr assumed # as aegis-exos
tlb-refill-handler = 9 instr assumed # as aegis-exos
